/** The queries that were run in this browser, the newest first. */

const KEY = "lagebild.queries";
const MOST = 30;

/** Return the queries; none where the browser keeps nothing. */
export function past(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((query): query is string => typeof query === "string") : [];
  } catch {
    return [];
  }
}

/** Keep a query. */
export function remember(query: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([query, ...past().filter((other) => other !== query)].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing has no history.
  }
}

/** Return a query's first line that says something. */
export function headline(query: string): string {
  const lines = query.split("\n").map((line) => line.trim()).filter((line) => line && !/^(PREFIX|BASE)\b/i.test(line));
  return (lines[0] ?? query).slice(0, 90);
}

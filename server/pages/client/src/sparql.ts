/** Asks the public endpoint, as anybody could. */

export interface Term {
  readonly type: "uri" | "literal" | "bnode" | "triple";
  readonly value: string;
  readonly datatype?: string;
  readonly "xml:lang"?: string;
}

export type Row = Readonly<Record<string, Term | undefined>>;

const JSON_RESULTS = "application/sparql-results+json";
const MOST_KEPT = 60; // answers, for the way back
let number = 0;
const kept = new Map<string, Promise<Row[]>>();

/** Return the solutions of a SELECT query; rejects with the endpoint's own words. The same query is asked once. */
export function select(query: string): Promise<Row[]> {
  const known = kept.get(query);
  if (known) return known;
  const answer = asked(query);
  kept.set(query, answer);
  answer.catch(() => kept.delete(query));
  const oldest = kept.keys().next();
  if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value);
  return answer;
}

/** Return a query that stands for rows which are there already: a view shows them as it shows an answer. */
export function given(rows: readonly Row[]): string {
  const name = `# given ${(number += 1)}`;
  kept.set(name, Promise.resolve([...rows]));
  return name;
}

/** Return a term's number; NaN where it is unbound or none. */
export function numberOf(term: Term | undefined): number {
  return term ? Number(term.value) : Number.NaN;
}

async function asked(query: string): Promise<Row[]> {
  const response = await fetch("/sparql", { method: "POST", headers: { Accept: JSON_RESULTS }, body: new URLSearchParams({ query }) });
  if (!response.ok) throw new Error(await problemOf(response));
  const answer = (await response.json()) as { results: { bindings: Row[] } };
  return answer.results.bindings;
}

/** Return what the endpoint says is wrong. */
export async function problemOf(response: Response): Promise<string> {
  const body = await response.text();
  try {
    const problem = JSON.parse(body) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? response.statusText;
  } catch {
    return body || response.statusText;
  }
}

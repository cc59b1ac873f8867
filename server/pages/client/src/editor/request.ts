/** Sends a query and tells what came of it. */
import type { Row } from "../sparql";

export type Outcome =
  | { readonly kind: "rows"; readonly names: readonly string[]; readonly rows: readonly Row[] }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "graph"; readonly text: string }
  | { readonly kind: "problem"; readonly detail: string; readonly line: number | null; readonly column: number | null }
  | { readonly kind: "cancelled" };

const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";

/** Return what the endpoint answers; never rejects. */
export async function run(query: string, signal: AbortSignal): Promise<Outcome> {
  try {
    const response = await fetch("/sparql", { method: "POST", headers: { Accept: ACCEPT }, body: new URLSearchParams({ query }), signal });
    const body = await response.text();
    return response.ok ? answered(body, response.headers.get("Content-Type") ?? "") : refused(body, response);
  } catch (error) {
    if (signal.aborted) return { kind: "cancelled" };
    return { kind: "problem", detail: error instanceof Error ? error.message : String(error), line: null, column: null };
  }
}

function answered(body: string, type: string): Outcome {
  if (!type.includes("json")) return { kind: "graph", text: body };
  const answer = JSON.parse(body) as { head?: { vars?: string[] }; boolean?: boolean; results?: { bindings: Row[] } };
  if (answer.boolean !== undefined) return { kind: "truth", truth: answer.boolean };
  return { kind: "rows", names: answer.head?.vars ?? [], rows: answer.results?.bindings ?? [] };
}

function refused(body: string, response: Response): Outcome {
  try {
    const problem = JSON.parse(body) as { detail?: string; title?: string; line?: number; column?: number };
    return { kind: "problem", detail: problem.detail ?? problem.title ?? response.statusText, line: problem.line ?? null, column: problem.column ?? null };
  } catch {
    return { kind: "problem", detail: body || `${response.status} ${response.statusText}`, line: null, column: null };
  }
}

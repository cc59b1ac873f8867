/** What could be written where the cursor stands. */
import type { Vocabulary } from "./vocabulary";

export interface Suggestion {
  readonly text: string;
  /** What the list shows. */
  readonly displayText: string;
  /** The prefix that the text needs, "" for none. */
  readonly prefix: string;
}

export interface Completion {
  /** How many characters before the cursor the suggestions replace. */
  readonly back: number;
  readonly suggestions: readonly Suggestion[];
}

const MOST = 60;
const WORD = /[?$]?[\w-]*(?::[\w-]*)?$/;
const AFTER_PREFIX = /\bPREFIX\s+([\w-]*)$/i;
const AFTER_GRAPH = /\b(?:GRAPH|FROM|FROM\s+NAMED)\s+(<?[^\s<>]*)$/i;
const KEYWORDS = [
  "SELECT", "DISTINCT", "WHERE", "OPTIONAL", "FILTER", "GRAPH", "UNION", "BIND", "VALUES", "MINUS", "COUNT", "GROUP BY", "ORDER BY", "DESC", "LIMIT",
  "OFFSET", "CONSTRUCT", "ASK", "DESCRIBE", "PREFIX", "FROM", "EXISTS", "NOT EXISTS", "LANG", "STR", "REGEX", "CONTAINS",
];

/** Return the suggestions for what stands before the cursor; `all` is the whole query, for its variables. */
export function completed(before: string, all: string, vocabulary: Vocabulary): Completion {
  const declaring = AFTER_PREFIX.exec(before);
  if (declaring) return { back: (declaring[1] ?? "").length, suggestions: declarations(declaring[1] ?? "", vocabulary) };
  const graph = AFTER_GRAPH.exec(before);
  if (graph) return { back: (graph[1] ?? "").length, suggestions: graphs((graph[1] ?? "").replace("<", ""), vocabulary) };
  const word = WORD.exec(before)?.[0] ?? "";
  if (/^[?$]/.test(word)) return { back: word.length, suggestions: variables(word, all) };
  return { back: word.length, suggestions: [...names(word, vocabulary), ...keywords(word)].slice(0, MOST) };
}

function declarations(typed: string, { prefixes }: Vocabulary): Suggestion[] {
  return [...prefixes].filter(([prefix]) => prefix.startsWith(typed))
    .map(([prefix, namespace]) => ({ text: `${prefix}: <${namespace}>`, displayText: `${prefix}:  ${namespace}`, prefix: "" }));
}

function graphs(typed: string, { graphs: all }: Vocabulary): Suggestion[] {
  return all.filter((graph) => graph.includes(typed)).slice(0, MOST).map((graph) => ({ text: `<${graph}>`, displayText: graph, prefix: "" }));
}

function variables(typed: string, all: string): Suggestion[] {
  const found = new Set(all.match(/[?$]\w+/g) ?? []);
  found.delete(typed);
  return [...found].filter((name) => name.startsWith(typed)).sort().map((name) => ({ text: name, displayText: name, prefix: "" }));
}

/** Return names whose short form begins as typed, then those whose label or local name holds it. */
function names(typed: string, { names: all }: Vocabulary): Suggestion[] {
  if (!typed) return [];
  const wanted = typed.toLowerCase();
  const begins = all.filter(({ short }) => short.toLowerCase().startsWith(wanted));
  const holds = all.filter(({ short, label }) => !begins.some((name) => name.short === short) && `${short.split(":")[1] ?? ""} ${label}`.toLowerCase().includes(wanted));
  return [...begins, ...(wanted.includes(":") ? [] : holds)].map(({ short, label }) => ({
    text: short, displayText: label ? `${short}  ${label}` : short, prefix: short.startsWith("<") ? "" : (short.split(":")[0] ?? ""),
  }));
}

function keywords(typed: string): Suggestion[] {
  return typed ? KEYWORDS.filter((word) => word.startsWith(typed.toUpperCase()) && word !== typed.toUpperCase())
    .map((word) => ({ text: word, displayText: word, prefix: "" })) : [];
}

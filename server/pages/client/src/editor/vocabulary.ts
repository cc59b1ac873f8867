/** What can be asked, as the endpoint describes itself: prefixes, classes and properties (VoID), graphs, examples (SHACL). */
import type { Page } from "../page";
import { type Row, numberOf, select } from "../sparql";

export interface Name {
  /** lb:Capture; <IRI> where no prefix fits. */
  readonly short: string;
  readonly label: string;
  readonly uses: number;
}

export interface Vocabulary {
  readonly prefixes: ReadonlyMap<string, string>;
  readonly names: readonly Name[];
  readonly graphs: readonly string[];
}

const HEAD = `PREFIX void: <http://rdfs.org/ns/void#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>`;
const PREFIXES = `${HEAD}
SELECT DISTINCT ?prefix ?namespace WHERE { ?service sh:declare [ sh:prefix ?prefix ; sh:namespace ?namespace ] }`;
const GRAPHS = `${HEAD}
SELECT DISTINCT ?graph WHERE { { ?part sd:name ?graph } UNION { SELECT ?graph WHERE { ?graph a schema:NewsArticle } LIMIT 200 } }`;
const LOCAL = /^[A-Za-z_][\w-]*$/;

/** Return the vocabulary, with labels in the page's language; what can't be had is empty. */
export async function vocabulary(page: Page): Promise<Vocabulary> {
  const [prefixes, names, graphs] = await Promise.all([rows(PREFIXES), rows(namesQuery(page.language)), rows(GRAPHS)]);
  const known = new Map(prefixes.map((row) => [row["prefix"]?.value ?? "", row["namespace"]?.value ?? ""]));
  return {
    prefixes: known,
    graphs: graphs.flatMap((row) => row["graph"]?.value ?? []),
    names: names.map((row) => ({ short: shortened(row["name"]?.value ?? "", known), label: row["label"]?.value ?? "", uses: numberOf(row["uses"]) || 0 }))
      .sort((one, other) => other.uses - one.uses),
  };
}

/** Return an IRI with a prefix where one fits, else between angle brackets. */
export function shortened(iri: string, prefixes: ReadonlyMap<string, string>): string {
  for (const [prefix, namespace] of prefixes) {
    if (iri.startsWith(namespace) && LOCAL.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return `<${iri}>`;
}

/** Return an IRI as it is shown: short, our own without what all have, others whole. */
export function brief(page: Page, iri: string, prefixes: ReadonlyMap<string, string>): string {
  const short = shortened(iri, prefixes);
  if (!short.startsWith("<")) return short;
  return iri.startsWith(page.base) ? iri.slice(page.base.length) : iri;
}

function namesQuery(language: string): string {
  return `${HEAD}
SELECT ?name (SAMPLE(?word) AS ?label) (MAX(?n) AS ?uses) WHERE {
  { ?part void:class ?name OPTIONAL { ?part void:entities ?n } } UNION { ?part void:property ?name ; void:triples ?n }
  OPTIONAL { ?name rdfs:label ?word FILTER(LANG(?word) = "${language}") }
} GROUP BY ?name`;
}

async function rows(query: string): Promise<Row[]> {
  return select(query).catch(() => []);
}

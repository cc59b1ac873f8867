/** What the server says about the page it has sent: the queries of its views, the selection, the words of the interface. */

export interface Page {
  readonly language: "de" | "en";
  /** What the store's own IRIs hang under. */
  readonly base: string;
  /** SPARQL texts by the name of their view. */
  readonly queries: Readonly<Record<string, string>>;
  /** What is chosen, as it stands in the address; lists for what may be repeated. */
  readonly selection: Readonly<Record<string, string | readonly string[]>> | null;
  readonly texts: Readonly<Record<string, string>>;
}

/** Return what stands in the document's `<script id="view">`; null where it has none. */
export function pageOf(document: Document): Page | null {
  const element = document.getElementById("view");
  return element?.textContent ? (JSON.parse(element.textContent) as Page) : null;
}

/** Return a text of the interface, with {name} replaced; a key without a text stands for itself. */
export function text(page: Page, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const words = page.texts[key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? shown(page, values[name]) : whole));
}

/** Return the slug of one of the store's own entities, null for any other IRI. */
export function slugOf(page: Page, iri: string): string | null {
  const start = `${page.base}entity/`;
  return iri.startsWith(start) ? iri.slice(start.length) : null;
}

/** Return where to read about an IRI: here when it is our own, at its own address when that is on the web. */
export function linkOf(page: Page, iri: string): string | null {
  if (iri.startsWith(page.base)) return `/${iri.slice(page.base.length)}`;
  return /^https?:\/\//.test(iri) ? iri : null;
}

function shown(page: Page, value: string | number | undefined): string {
  return typeof value === "number" ? value.toLocaleString(page.language) : (value ?? "");
}

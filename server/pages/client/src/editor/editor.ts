/** The query editor in place of the page's text area: run, cancel, history, examples, answers in several ways. */
import { type Page, text } from "../page";
import { type Create, type View, made } from "../view";
import { headline, past, remember } from "./history";
import { type Outcome, run } from "./request";
import { Results } from "./results";
import { type Vocabulary, vocabulary } from "./vocabulary";
import { Writing } from "./writing";

const MOST_IN_ADDRESS = 6_000; // characters of a query that stands in the address

class EditorView implements View {
  private readonly host = made("div", { class: "editor-field" });
  private readonly start = made("button", { type: "button", id: "run" });
  private readonly stop = made("button", { type: "button", id: "cancel", class: "quiet", hidden: "" });
  private readonly status = made("p", { class: "editor-status", role: "status" });
  private readonly history = made("details", { class: "editor-history" });
  private readonly results = new Results();
  private writing: Writing | null = null;
  private known: Vocabulary = { prefixes: new Map(), names: [], graphs: [] };
  private running: AbortController | null = null;
  private page: Page | null = null;

  constructor(private readonly element: HTMLElement) {
    this.start.addEventListener("click", () => void this.run());
    this.stop.addEventListener("click", () => this.running?.abort());
  }

  async show(page: Page): Promise<void> {
    if (this.writing) return;
    const written = this.element.querySelector("textarea")?.value ?? "";
    const asked = new URLSearchParams(location.search).has("query");
    this.start.textContent = text(page, "editor.run");
    this.stop.textContent = text(page, "editor.cancel");
    this.page = page;
    this.element.replaceChildren(
      this.host, made("div", { class: "editor-tools" }, this.start, this.stop, made("span", { class: "editor-keys" }, text(page, "editor.keys")), this.history),
      this.status, this.results.element,
    );
    document.querySelector("[data-answer]")?.remove();
    this.writing = new Writing(this.host, written, text(page, "editor.label"), () => void this.run());
    this.listen();
    this.fillHistory(page);
    this.known = await vocabulary(page);
    this.writing.know(this.known);
    if (asked) await this.run(false);
  }

  /** Run what is written; `step` makes it a step in the browser's history. */
  private async run(step = true): Promise<void> {
    const { page, writing } = this;
    if (!page || !writing) return;
    this.running?.abort();
    const own = (this.running = new AbortController());
    const query = writing.query;
    const address = `/sparql?${new URLSearchParams({ query }).toString()}`;
    if (step && address.length < MOST_IN_ADDRESS && address !== location.pathname + location.search) history.pushState(null, "", address);
    this.busy(page, true);
    const began = performance.now();
    const outcome = await run(query, own.signal);
    if (this.running !== own) return;
    this.running = null;
    this.busy(page, false);
    remember(query);
    this.fillHistory(page);
    this.tell(page, query, outcome, performance.now() - began);
  }

  private tell(page: Page, query: string, outcome: Outcome, milliseconds: number): void {
    this.results.show(page, outcome, this.known.prefixes);
    this.status.replaceChildren();
    if (outcome.kind === "problem" && outcome.line !== null) this.writing?.accuse(outcome.line, outcome.column ?? 1);
    if (outcome.kind !== "rows") return;
    const seconds = (milliseconds / 1000).toLocaleString(page.language, { maximumFractionDigits: 2 });
    this.status.append(text(page, outcome.rows.length === 1 ? "editor.one_row" : "editor.rows", { n: outcome.rows.length, seconds }));
    for (const format of ["csv", "tsv", "json", "xml"]) {
      const href = `/sparql?${new URLSearchParams({ query, format }).toString()}`;
      this.status.append(" ", made("a", { href, download: `lagebild.${format}` }, format.toUpperCase()));
    }
  }

  private busy(page: Page, busy: boolean): void {
    this.stop.hidden = !busy;
    this.element.setAttribute("aria-busy", String(busy));
    if (!busy) return;
    this.results.clear();
    this.status.textContent = text(page, "editor.running");
  }

  /** Let the examples of the page fill the field, and the way back bring the query back. */
  private listen(): void {
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-example]")) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.take(new URL(link.href).searchParams.get("query") ?? "");
      });
    }
    addEventListener("popstate", () => {
      const query = new URLSearchParams(location.search).get("query");
      if (!query || !this.writing) return;
      this.writing.query = query;
      void this.run(false);
    });
  }

  private take(query: string): void {
    if (!this.writing) return;
    this.writing.query = query;
    void this.run();
    this.host.scrollIntoView({ block: "nearest" });
  }

  private fillHistory(page: Page): void {
    const queries = past();
    this.history.hidden = queries.length === 0;
    const items = queries.map((query) => {
      const button = made("button", { type: "button", class: "quiet", title: query }, headline(query));
      button.addEventListener("click", () => this.take(query));
      return made("li", {}, button);
    });
    this.history.replaceChildren(made("summary", {}, text(page, "editor.history")), made("ul", {}, ...items));
  }
}

export const create: Create = (element) => new EditorView(element);

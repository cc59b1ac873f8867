/** An answer as a table: sorted by a click on a column, terms as short as they can be, never more rows than can be read. */
import { type Page, linkOf, text } from "../page";
import type { Row, Term } from "../sparql";
import { made } from "../view";
import type { Answer } from "./shape";
import { brief } from "./vocabulary";

const SHOWN = 200;

export class Table {
  readonly element = made("div", { class: "result-table" });
  private sorted: { name: string; down: boolean } | null = null;
  private shown = SHOWN;

  constructor(private readonly page: Page, private readonly answer: Answer, private readonly prefixes: ReadonlyMap<string, string>) {
    this.draw();
  }

  private draw(): void {
    const { names } = this.answer;
    const rows = this.rows();
    const head = made("tr", {}, ...names.map((name) => this.heading(name)));
    const body = rows.slice(0, this.shown).map((row) => made("tr", {}, ...names.map((name) => made("td", {}, ...this.cell(row[name])))));
    const more = made("button", { type: "button", class: "quiet" }, text(this.page, "editor.more", { n: rows.length - this.shown }));
    more.addEventListener("click", () => {
      this.shown += SHOWN * 5;
      this.draw();
    });
    this.element.replaceChildren(
      made("div", { class: "wide", tabindex: "0", role: "region", "aria-label": text(this.page, "editor.table") },
        made("table", {}, made("thead", {}, head), made("tbody", {}, ...body))),
      ...(rows.length > this.shown ? [more] : []),
    );
  }

  private heading(name: string): HTMLElement {
    const order = this.sorted?.name === name ? (this.sorted.down ? "descending" : "ascending") : "none";
    const button = made("button", { type: "button", class: "sort" }, name);
    button.addEventListener("click", () => {
      this.sorted = { name, down: order === "ascending" };
      this.draw();
      this.element.querySelectorAll<HTMLElement>("button.sort")[this.answer.names.indexOf(name)]?.focus();
    });
    return made("th", { scope: "col", "aria-sort": order }, button);
  }

  private rows(): readonly Row[] {
    const { sorted } = this;
    if (!sorted) return this.answer.rows;
    const sign = sorted.down ? -1 : 1;
    return [...this.answer.rows].sort((one, other) => sign * compared(one[sorted.name], other[sorted.name]));
  }

  private cell(term: Term | undefined): (Node | string)[] {
    if (!term) return [];
    if (term.type === "uri") {
      const words = brief(this.page, term.value, this.prefixes);
      const link = linkOf(this.page, term.value);
      return [link ? made("a", { href: link }, words) : words];
    }
    const value = typeof term.value === "string" ? term.value : JSON.stringify(term.value);
    const kind = term["xml:lang"] ?? "";
    return kind ? [value, " ", made("small", {}, kind)] : [value];
  }
}

function compared(one: Term | undefined, other: Term | undefined): number {
  const [a, b] = [one?.value ?? "", other?.value ?? ""];
  const difference = Number(a) - Number(b);
  return a !== "" && b !== "" && Number.isFinite(difference) ? difference : a.localeCompare(b);
}

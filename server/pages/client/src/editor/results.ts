/** What came of a query, in the ways in which it can be shown: tabs over one panel. */
import { type Page, text } from "../page";
import { type Row, given } from "../sparql";
import { type Create, filled, made } from "../view";
import { chart } from "./chart";
import type { Outcome } from "./request";
import { type Answer, forChart, forMap, forNetwork, forTimeline } from "./shape";
import { Table } from "./table";

interface Way {
  readonly key: string;
  readonly draw: (panel: HTMLElement) => void | Promise<void>;
}

export class Results {
  readonly element = made("section", { class: "results" });
  private readonly tabs = made("div", { role: "tablist", class: "result-tabs" });
  private readonly panel = made("div", { role: "tabpanel", id: "result-panel", tabindex: "-1" });
  private ways: readonly Way[] = [];
  private chosen = "table";

  /** Show an outcome; the way of showing it that was chosen before stays where it can. */
  show(page: Page, outcome: Outcome, prefixes: ReadonlyMap<string, string>): void {
    this.tabs.setAttribute("aria-label", text(page, "editor.ways"));
    this.ways = outcome.kind === "rows" ? waysOf(page, outcome, prefixes) : [];
    this.element.replaceChildren(...(this.ways.length > 1 ? [this.tabs] : []), this.panel);
    if (this.ways.length) this.choose(page, this.ways.some(({ key }) => key === this.chosen) ? this.chosen : "table");
    else this.panel.replaceChildren(...plain(page, outcome));
  }

  clear(): void {
    this.element.replaceChildren();
  }

  private choose(page: Page, key: string, focus = false): void {
    this.chosen = key;
    this.tabs.replaceChildren(...this.ways.map((way) => this.tab(page, way.key)));
    this.panel.setAttribute("aria-labelledby", `result-${key}`);
    this.panel.replaceChildren();
    void this.ways.find((way) => way.key === key)?.draw(this.panel);
    if (focus) document.getElementById(`result-${key}`)?.focus();
  }

  private tab(page: Page, key: string): HTMLElement {
    const selected = key === this.chosen;
    const tab = made("button", {
      type: "button", role: "tab", id: `result-${key}`, "aria-selected": String(selected), "aria-controls": "result-panel", tabindex: selected ? "0" : "-1",
    }, text(page, `editor.${key}`));
    tab.addEventListener("click", () => this.choose(page, key, true));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      const at = this.ways.findIndex((way) => way.key === key) + by + this.ways.length;
      this.choose(page, this.ways[at % this.ways.length]?.key ?? key, true);
      event.preventDefault();
    });
    return tab;
  }
}

function waysOf(page: Page, answer: Answer, prefixes: ReadonlyMap<string, string>): Way[] {
  const ways: Way[] = [{ key: "table", draw: (panel) => panel.replaceChildren(new Table(page, answer, prefixes).element) }];
  const columns = forChart(answer);
  if (columns) ways.push({ key: "chart", draw: (panel) => panel.replaceChildren(chart(page, answer, columns, prefixes)) });
  const drawn = [
    ["map", forMap(answer), () => import("../map/map")], ["timeline", forTimeline(answer), () => import("../timeline/timeline")],
    ["network", forNetwork(answer), () => import("../network/network")],
  ] as const;
  for (const [key, rows, load] of drawn) if (rows?.length) ways.push({ key, draw: (panel) => drawnView(page, key, rows, load, panel) });
  return ways;
}

/**
 * Draw rows by a view of the portal, which is told that they are its query's answer. Its element stands in the panel before
 * the view's code is there: who chooses another way meanwhile takes it out, and it can't come back over that.
 */
function drawnView(page: Page, key: string, rows: readonly Row[], load: () => Promise<{ create: Create }>, panel: HTMLElement): Promise<void> {
  const element = made("div");
  panel.replaceChildren(element);
  return filled(element, page, async (signal) => {
    const { create } = await load();
    if (element.isConnected) await create(element).show({ ...page, selection: null, queries: { [key]: given(rows) } }, signal);
  });
}

function plain(page: Page, outcome: Outcome): (Node | string)[] {
  if (outcome.kind === "truth") return [made("p", { class: "result-truth" }, text(page, outcome.truth ? "editor.true" : "editor.false"))];
  if (outcome.kind === "graph") return [made("pre", { tabindex: "0" }, outcome.text)];
  if (outcome.kind === "cancelled") return [made("p", {}, text(page, "editor.cancelled"))];
  if (outcome.kind === "problem") return [made("p", { class: "problem", role: "alert" }, outcome.detail)];
  return [made("p", {}, text(page, "editor.empty"))];
}

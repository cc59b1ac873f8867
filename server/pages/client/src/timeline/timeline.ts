/** The timeline: how many events when, surely or perhaps; a stretch that is brushed is chosen. */
import { brushX } from "d3-brush";
import { scaleBand, scaleLinear } from "d3-scale";
import { select as pick } from "d3-selection";
import { addressWith } from "../address";
import { visit } from "../navigation";
import { type Page, text } from "../page";
import { numberOf, select } from "../sparql";
import { type Create, type View, made } from "../view";
import { type Bin, binned, daysOf, spansOf } from "./span";
import { inWords, rankOf, tickOf } from "./words";

const HEIGHT = 128;
const FOOT = 22; // pixels for the ticks
const HEAD = 16;
const TICK = 58; // pixels that a tick's words need

class TimelineView implements View {
  private readonly svg = pick(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
  private readonly told = made("output", { class: "timeline-told" });
  private readonly whole = made("a", { class: "timeline-whole", id: "timeline-whole" });
  private readonly undated = made("span", { class: "timeline-undated" });
  private page: Page | null = null;
  private bins: readonly Bin[] = [];
  /** The bins chosen with the keyboard: where it began, where it is. */
  private chosen: [number, number] | null = null;

  constructor(private readonly element: HTMLElement) {
    this.svg.attr("class", "timeline").attr("role", "group");
    for (const name of ["ticks", "brush", "bars"]) this.svg.append("g").attr("class", `timeline-${name}`);
    element.replaceChildren(this.svg.node() as SVGSVGElement, made("p", { class: "timeline-foot" }, this.told, this.undated, this.whole));
    new ResizeObserver(() => this.draw()).observe(element);
  }

  async show(page: Page, signal: AbortSignal): Promise<void> {
    const [rows, count] = await Promise.all([select(page.queries["timeline"] ?? ""), page.queries["count"] ? select(page.queries["count"]) : []]);
    if (signal.aborted) return;
    const spans = spansOf(rows);
    this.page = page;
    this.bins = binned(spans);
    this.chosen = null;
    this.svg.attr("aria-label", text(page, "timeline.title"));
    this.tellAll(page, numberOf(count[0]?.["events"]) - spans.reduce((sum, { events }) => sum + events, 0));
    this.draw();
  }

  private tellAll(page: Page, undated: number): void {
    this.undated.textContent = undated > 0 ? text(page, undated === 1 ? "timeline.one_undated" : "timeline.undated", { n: undated }) : "";
    const limited = page.selection?.["from"] !== undefined || page.selection?.["to"] !== undefined;
    this.whole.hidden = !limited;
    this.whole.textContent = text(page, "timeline.whole");
    this.whole.href = addressWith({ from: null, to: null });
    this.told.textContent = this.bins.length ? text(page, page.selection ? "timeline.hint" : "timeline.legend") : text(page, "timeline.none");
  }

  private draw(): void {
    const { page, bins } = this;
    const width = this.element.clientWidth;
    this.svg.attr("hidden", bins.length ? null : "");
    if (!page || !width || !bins.length) return;
    this.svg.attr("viewBox", `0 0 ${width} ${HEIGHT}`).attr("height", HEIGHT);
    const x = scaleBand(bins.map(({ key }) => key), [0, width]).paddingInner(0.15);
    const top = Math.max(1, ...bins.map(({ certain, share }) => certain + share));
    const y = scaleLinear([0, top], [HEIGHT - FOOT, HEAD]);
    this.drawBars(page, x, y);
    this.drawTicks(page, x, width, top, y);
    if (page.selection) this.drawBrush(page, x, width);
  }

  private drawBars(page: Page, x: (key: string) => number | undefined, y: (events: number) => number): void {
    const { bins } = this;
    const band = (this.element.clientWidth / bins.length) * 0.85;
    const wide = Math.min(Math.max(band, 1.5), 40);
    const bars = this.svg.select(".timeline-bars").selectAll<SVGAElement, Bin>("a").data([...bins], (bin) => bin.key).join((enter) => {
      const link = enter.append("a");
      for (const part of ["certain", "share"]) link.append("rect").attr("class", `bar-${part}`);
      return link;
    });
    bars.attr("aria-label", (bin) => told(page, bin)).attr("data-key", ({ key }) => key).attr("data-events", ({ certain, share }) => certain + share)
      .attr("tabindex", (_, at) => (at === bins.length - 1 ? 0 : -1))
      .attr("href", (bin) => (page.selection ? this.address(bin, bin) : null)).attr("role", page.selection ? null : "img")
      .on("keydown", (event: KeyboardEvent, bin) => this.key(event, bins.indexOf(bin)))
      .on("focus", (_: Event, bin) => (this.told.textContent = told(page, bin)))
      .on("pointerenter", (_: Event, bin) => (this.told.textContent = told(page, bin)));
    const left = (bin: Bin) => (x(bin.key) ?? 0) + (band - wide) / 2;
    bars.selectAll("rect").attr("width", wide);
    bars.select(".bar-certain").attr("x", left).attr("y", ({ certain }) => y(certain)).attr("height", ({ certain }) => y(0) - y(certain));
    bars.select(".bar-share").attr("x", left).attr("y", ({ certain, share }) => y(certain + share))
      .attr("height", ({ certain, share }) => y(certain) - y(certain + share));
  }

  private drawTicks(page: Page, x: (key: string) => number | undefined, width: number, top: number, y: (events: number) => number): void {
    const ticks = ticked(this.bins.map(({ key }) => key), width);
    const group = this.svg.select(".timeline-ticks");
    group.selectAll<SVGTextElement, string>("text.tick").data(ticks, (key) => key).join("text").attr("class", "tick")
      .attr("x", (key) => Math.min(x(key) ?? 0, width - TICK + 10)).attr("y", HEIGHT - 6).text((key) => tickOf(key, page.language));
    group.selectAll("line").data([0, top]).join("line").attr("x1", 0).attr("x2", width).attr("y1", y).attr("y2", y);
    group.selectAll("text.most").data([top]).join("text").attr("class", "most").attr("x", 0).attr("y", HEAD - 4)
      .text(Math.round(top).toLocaleString(page.language));
  }

  private drawBrush(page: Page, x: (key: string) => number | undefined, width: number): void {
    const group = this.svg.select<SVGGElement>(".timeline-brush");
    const at = (pixel: number) => this.bins.findLast(({ key }) => (x(key) ?? 0) <= pixel) ?? this.bins[0];
    const brush = brushX<unknown>().extent([[0, 0], [width, HEIGHT - FOOT]])
      .on("brush", ({ selection }) => selection && this.tellRange(page, at(selection[0]), at(selection[1] - 1)))
      .on("end", ({ selection, sourceEvent }) => {
        if (!sourceEvent) return;
        const [from, to] = (selection as [number, number] | null) ?? [pointed(sourceEvent as MouseEvent, this.svg.node())];
        const [first, last] = [at(from ?? 0), at((to ?? (from ?? 0) + 1) - 1)];
        group.call(brush.clear);
        if (first && last) visit(this.address(first, last));
      });
    group.call(brush).call(brush.clear);
    group.select(".overlay").on("pointermove", (event: PointerEvent) => {
      const bin = at(pointed(event, this.svg.node()));
      if (bin && event.buttons === 0) this.told.textContent = told(page, bin);
    });
  }

  private tellRange(page: Page, first: Bin | undefined, last: Bin | undefined): void {
    if (first && last) this.told.textContent = `${inWords(first.key, page.language)} – ${inWords(last.key, page.language)}`;
  }

  /** Arrows go from bar to bar, with Shift they choose a stretch, Enter shows it. */
  private key(event: KeyboardEvent, at: number): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined) {
      const to = Math.min(Math.max(at + by, 0), this.bins.length - 1);
      this.chosen = event.shiftKey ? [this.chosen?.[0] ?? at, to] : null;
      this.focus(to);
    } else if (event.key === "Enter" && this.chosen) {
      const [first, last] = [...this.chosen].sort((one, other) => one - other).map((index) => this.bins[index]);
      if (first && last) visit(this.address(first, last));
    } else return;
    event.preventDefault();
  }

  private focus(at: number): void {
    const [from, to] = this.chosen ?? [-1, -1];
    const bars = this.svg.selectAll<SVGAElement, Bin>(".timeline-bars a");
    bars.attr("tabindex", (_, index) => (index === at ? 0 : -1))
      .classed("chosen", (_, index) => index >= Math.min(from, to) && index <= Math.max(from, to));
    bars.nodes()[at]?.focus();
    const [first, last] = [this.bins[Math.min(from, to)], this.bins[Math.max(from, to)]];
    if (this.page && this.chosen) this.tellRange(this.page, first, last);
  }

  private address(first: Bin, last: Bin): string {
    return addressWith({ from: daysOf(first.key)[0], to: daysOf(last.key)[1] });
  }
}

function told(page: Page, { key, certain, possible }: Bin): string {
  const when = inWords(key, page.language);
  return possible ? text(page, "timeline.perhaps", { when, n: certain, more: possible })
    : text(page, certain === 1 ? "timeline.one" : "timeline.some", { when, n: certain });
}

function ticked(keys: readonly string[], width: number): string[] {
  const most = Math.max(1, Math.floor(width / TICK));
  const fits = [2, 1, 0].map((rank) => keys.filter((key) => rankOf(key) <= rank)).find((some) => some.length > 0 && some.length <= most);
  if (fits) return fits;
  const great = keys.filter((key) => rankOf(key) === 0);
  const some = great.length ? great : keys;
  return some.filter((_, at) => at % Math.ceil(some.length / most) === 0);
}

function pointed(event: MouseEvent, svg: SVGSVGElement | null): number {
  return event.clientX - (svg?.getBoundingClientRect().left ?? 0);
}

export const create: Create = (element) => new TimelineView(element);

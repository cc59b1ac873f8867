/** An answer as bars: what each row names, by its number. */
import { type Page, text } from "../page";
import { made } from "../view";
import type { Answer } from "./shape";
import { brief } from "./vocabulary";

const MOST = 40;

/** Return the bars of the first rows, as a list that reads as well as it looks. */
export function chart(page: Page, { rows }: Answer, columns: { name: string; number: string }, prefixes: ReadonlyMap<string, string>): HTMLElement {
  const bars = rows.slice(0, MOST).flatMap((row) => {
    const term = row[columns.name];
    const value = Number(row[columns.number]?.value);
    const name = term?.type === "uri" ? brief(page, term.value, prefixes) : (term?.value ?? "–");
    return Number.isFinite(value) ? [{ name, value }] : [];
  });
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  const items = bars.map(({ name, value }) => {
    const bar = made("span", { class: "chart-bar" });
    bar.style.width = `${(Math.max(value, 0) / most) * 100}%`;
    return made("li", {}, made("span", { class: "chart-name" }, name), made("span", { class: "chart-room" }, bar), made("span", { class: "chart-value" }, value.toLocaleString(page.language)));
  });
  const note = rows.length > MOST ? [made("p", { class: "map-note" }, text(page, "editor.first", { n: MOST }))] : [];
  return made("div", {}, made("ol", { class: "chart" }, ...items), ...note);
}

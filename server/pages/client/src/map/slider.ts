/** The day slider under the map: a day, the step to the next change, play. */
import { type Page, text } from "../page";
import { calm, made } from "../view";

const DAY = 86_400_000;
const BEAT = 900; // milliseconds between two changes while it plays

export class Slider {
  readonly element = made("div", { class: "map-slider" });
  private readonly range = made("input", { type: "range", step: "1", id: "day-slider" });
  private readonly told = made("output", { for: "day-slider" });
  private readonly play = made("button", { type: "button", class: "quiet" });
  private days: readonly string[] = [];
  private timer = 0;
  private language: "de" | "en" = "de";

  constructor(private readonly chosen: (day: string) => void) {
    const back = made("button", { type: "button", class: "quiet", "data-step": "-1" }, "◀");
    const on = made("button", { type: "button", class: "quiet", "data-step": "1" }, "▶");
    for (const button of [back, on]) button.addEventListener("click", () => this.step(Number(button.dataset["step"])));
    this.range.addEventListener("input", () => this.choose(dayAt(Number(this.range.value))));
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    this.element.append(back, this.range, on, this.play, this.told);
  }

  /** Show a day between the first and the last change; days are as 2016-06-12 and in order. */
  show(page: Page, days: readonly string[], day: string): void {
    this.days = days;
    this.language = page.language;
    this.range.min = String(numberOf(days[0] ?? day));
    this.range.max = String(numberOf(days.at(-1) ?? day));
    this.range.setAttribute("aria-label", text(page, "map.day"));
    this.play.hidden = calm();
    this.play.textContent = text(page, this.timer ? "map.pause" : "map.play");
    this.element.querySelector('[data-step="-1"]')?.setAttribute("aria-label", text(page, "map.change_before"));
    this.element.querySelector('[data-step="1"]')?.setAttribute("aria-label", text(page, "map.change_after"));
    this.tell(day);
  }

  private tell(day: string): void {
    this.range.value = String(numberOf(day));
    const words = written(day, this.language);
    this.told.textContent = words;
    this.range.setAttribute("aria-valuetext", words);
  }

  private choose(day: string): void {
    this.tell(day);
    this.chosen(day);
  }

  private step(by: number): void {
    const now = dayAt(Number(this.range.value));
    const next = by > 0 ? this.days.find((day) => day > now) : this.days.findLast((day) => day < now);
    if (next) this.choose(next);
    else this.stop();
  }

  private start(): void {
    if (dayAt(Number(this.range.value)) >= (this.days.at(-1) ?? "")) this.choose(this.days[0] ?? "");
    this.timer = window.setInterval(() => this.step(1), BEAT);
    this.play.setAttribute("aria-pressed", "true");
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.setAttribute("aria-pressed", "false");
  }
}

/** Return a day in words: 12. Juni 2016. */
export function written(day: string, language: "de" | "en"): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

function numberOf(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
}

function dayAt(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

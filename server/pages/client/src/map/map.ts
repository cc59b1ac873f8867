/** The map: where the events are, or who held which town on the day chosen. */
import { addressWith } from "../address";
import { visit } from "../navigation";
import { type Page, linkOf, slugOf, text } from "../page";
import { select } from "../sparql";
import { type Create, type View, made } from "../view";
import { Camera } from "./camera";
import { bulk } from "./extent";
import { type Ground, ground } from "./ground";
import { changes, holdersOf, type Period, periodsOf } from "./periods";
import { type Place, isArea, placesOf } from "./place";
import { eventScene } from "./event_scene";
import { holdingScene } from "./holding_scene";
import { Slider } from "./slider";
import { type Scene, Surface } from "./surface";

const SETTLED = 500; // milliseconds after which a day that is chosen stands in the address

class MapView implements View {
  private readonly surface = new Surface();
  private readonly camera = new Camera(this.surface.svg, () => this.draw());
  private readonly buttons = made("div", { class: "map-buttons" });
  private readonly modes = made("div", { class: "map-modes", role: "group" });
  private readonly note = made("p", { class: "map-note" });
  private readonly legend = made("ul", { class: "map-legend" });
  private readonly slider = new Slider((day) => this.choose(day));
  private page: Page | null = null;
  private ground: Ground | null = null;
  private places: readonly Place[] = [];
  private periods: readonly Period[] = [];
  private day: string | null = null;
  private waiting = 0;
  private frame = 0;

  constructor(element: HTMLElement) {
    this.surface.stage.append(this.buttons, this.modes);
    element.replaceChildren(this.surface.stage, this.slider.element, this.legend, this.note);
    new ResizeObserver(() => this.resize()).observe(this.surface.stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  async show(page: Page, signal: AbortSignal): Promise<void> {
    const [drawn, places, periods] = await Promise.all([ground(), asked(page, "map"), asked(page, "periods")]);
    if (signal.aborted) return;
    const before = this.places;
    this.page = page;
    this.ground = drawn;
    this.places = placesOf(places);
    this.periods = periodsOf(periods);
    const day = page.selection?.["day"];
    const days = changes(this.periods);
    this.day = typeof day === "string" && days.length ? day : null;
    this.surface.svg.setAttribute("aria-label", text(page, this.day ? "map.held" : "map.events"));
    this.fillButtons(page);
    this.fillModes(page, days);
    this.slider.element.hidden = !this.day;
    if (this.day) this.slider.show(page, days, this.day);
    this.camera.resize(this.surface.size);
    if (before.map(({ iri }) => iri).join() === this.places.map(({ iri }) => iri).join()) this.draw();
    else this.fit();
  }

  private fit(): void {
    const spots = this.places.filter(({ precision }) => !isArea(precision));
    const held = this.periods.flatMap(({ point }) => (point ? [{ point, events: 1 }] : []));
    const seen: readonly { point: Place["point"]; events: number }[] = this.day ? held : spots.length ? spots : this.places;
    this.camera.fit(bulk(seen).map(({ point }) => point));
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.drawNow());
  }

  private drawNow(): void {
    if (!this.page || !this.ground) return;
    const scene = this.day ? this.heldScene(this.page, this.ground, this.day) : this.eventScene(this.page, this.ground);
    this.surface.draw(this.ground, this.camera.projection, scene);
    this.tellOutside(this.page, scene);
  }

  private eventScene(page: Page, under: Ground): Scene {
    this.legend.replaceChildren();
    const view = { page, ground: under, projection: this.camera.projection, size: this.surface.size };
    return eventScene(view, this.places, (iri) => this.hrefOf(page, iri), (places) => this.camera.fit(places.map(({ point }) => point)));
  }

  private heldScene(page: Page, under: Ground, day: string): Scene {
    const view = { page, ground: under, projection: this.camera.projection, size: this.surface.size };
    const { scene, legend } = holdingScene(view, this.periods, holdersOf(this.periods), day, (iri) => linkOf(page, iri));
    this.legend.replaceChildren(...legend.map(({ style, label, towns }) =>
      made("li", {}, made("span", { class: `swatch ${style}` }), `${label} · ${towns.toLocaleString(page.language)}`)));
    return scene;
  }

  private tellOutside(page: Page, scene: Scene): void {
    const { width, height } = this.surface.size;
    const outside = scene.spots.filter(({ x, y }) => x < 0 || y < 0 || x > width || y > height).length;
    this.note.replaceChildren();
    this.note.hidden = outside === 0;
    if (!outside) return;
    const all = made("button", { type: "button", class: "quiet" }, text(page, "map.whole"));
    const points = (this.day ? this.periods.flatMap(({ point }) => (point ? [point] : [])) : this.places.map(({ point }) => point));
    all.addEventListener("click", () => this.camera.fit(points));
    this.note.append(text(page, "map.outside", { n: outside }), " ", all);
  }

  private hrefOf(page: Page, iri: string): string | null {
    const slug = slugOf(page, iri);
    return page.selection && slug ? addressWith({ place: slug }) : linkOf(page, iri);
  }

  private fillButtons(page: Page): void {
    const buttons: readonly (readonly [string, string, () => void])[] = [
      ["+", "map.nearer", () => this.camera.nearer()], ["−", "map.farther", () => this.camera.farther()], ["⤢", "map.fit", () => this.fit()],
    ];
    if (this.buttons.childElementCount) return;
    for (const [sign, key, act] of buttons) {
      const button = made("button", { type: "button", "aria-label": text(page, key), title: text(page, key) }, sign);
      button.addEventListener("click", act);
      this.buttons.append(button);
    }
  }

  private fillModes(page: Page, days: readonly string[]): void {
    this.modes.hidden = days.length === 0 || page.selection === null;
    const mode = (key: string, day: string | null, pressed: boolean) =>
      made("a", { href: addressWith({ day }), id: key.replace(".", "-"), ...(pressed ? { "aria-current": "true" } : {}) }, text(page, key));
    this.modes.replaceChildren(
      mode("map.events", null, !this.day), mode("map.held", this.day ?? days.at(-1) ?? null, Boolean(this.day)),
    );
  }

  private choose(day: string): void {
    this.day = day;
    this.draw();
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => visit(addressWith({ day }), true), SETTLED);
  }

  private resize(): void {
    const { size } = this.surface;
    if (!size.width || !this.page) return;
    this.camera.resize(size);
    this.fit();
  }
}

async function asked(page: Page, name: string) {
  const query = page.queries[name];
  return query ? select(query) : [];
}

export const create: Create = (element) => new MapView(element);

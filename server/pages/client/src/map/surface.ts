/** The map's elements, and what is drawn into them. */
import { type GeoProjection, geoArea, geoCentroid, geoCircle, geoContains, geoPath } from "d3-geo";
import { select } from "d3-selection";
import type { Geometry } from "geojson";
import { made } from "../view";
import type { Ground } from "./ground";
import { type Box, type Label, type Wish, placed } from "./label";
import { type Size, coloursOf, paint } from "./outlines";

/** A round mark: a link where it leads somewhere, else a button that calls `open`. */
export interface Spot {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly name: string;
  readonly events: number;
  readonly inside: string;
  readonly told: string;
  readonly style: string;
  readonly href: string | null;
  readonly open: (() => void) | null;
}

/** A part of the map in which something happened, nobody says where. */
export interface Area {
  readonly key: string;
  readonly shape: Geometry;
  readonly style: string;
  readonly events: number;
  readonly told: string;
  readonly href: string | null;
}

export interface Scene {
  readonly spots: readonly Spot[];
  readonly areas: readonly Area[];
  readonly wishes: readonly Wish[];
}

const SVG = "http://www.w3.org/2000/svg";
const TOUCH = 12; // pixels: no mark is harder to hit

export class Surface {
  readonly stage = made("div", { class: "map-stage" });
  readonly svg = document.createElementNS(SVG, "svg");
  private readonly canvas = made("canvas", { "aria-hidden": "true" });
  private readonly tip = made("div", { class: "map-tip", "aria-hidden": "true", hidden: "" });
  private readonly measure = document.createElement("canvas").getContext("2d");
  private readonly widths = new Map<string, number>();

  constructor() {
    this.svg.setAttribute("tabindex", "0");
    this.svg.setAttribute("role", "group");
    for (const name of ["areas", "names", "spots"]) select(this.svg).append("g").attr("class", `map-${name}`);
    this.stage.append(this.canvas, this.svg, this.tip);
    for (const kind of ["pointerover", "focusin"]) this.svg.addEventListener(kind, (event) => this.tell(event.target));
    for (const kind of ["pointerleave", "focusout"]) this.svg.addEventListener(kind, () => (this.tip.hidden = true));
  }

  get size(): Size {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  draw(ground: Ground, projection: GeoProjection, scene: Scene): void {
    const { size } = this;
    projection.clipExtent([[-50, -50], [size.width + 50, size.height + 50]]);
    paint(this.canvas, size, ground, projection, coloursOf(this.stage));
    this.drawAreas(scene.areas, projection);
    this.drawSpots(scene.spots);
    this.drawNames(placed(scene.wishes, this.taken(scene.spots), size, (wish) => this.widthOf(wish)));
  }

  /** Return where no name may stand: the marks, and the buttons over the map. */
  private taken(spots: readonly Spot[]): Box[] {
    const stage = this.stage.getBoundingClientRect();
    const buttons = [...this.stage.querySelectorAll<HTMLElement>(":scope > .map-buttons, :scope > .map-modes")].map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left: left - stage.left, top: top - stage.top, right: right - stage.left, bottom: bottom - stage.top };
    });
    return [...buttons, ...spots.map(({ x, y, radius }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }))];
  }

  private drawAreas(areas: readonly Area[], projection: GeoProjection): void {
    const path = geoPath(projection);
    const links = select(this.svg).select(".map-areas").selectAll<SVGAElement, Area>("a").data(areas, ({ key }) => key).join((enter) => {
      const link = enter.append("a");
      link.append("path");
      return link;
    });
    links.attr("class", ({ style }) => style).attr("href", ({ href }) => href).attr("aria-label", ({ told }) => told).attr("data-told", ({ told }) => told)
      .attr("data-events", ({ events }) => events);
    links.select("path").attr("d", ({ shape }) => path(shape));
  }

  private drawSpots(spots: readonly Spot[]): void {
    const marks = select(this.svg).select(".map-spots").selectAll<SVGAElement, Spot>("a").data(spots, ({ key }) => key).join((enter) => {
      const link = enter.append("a");
      link.append("circle").attr("class", "map-reach");
      link.append("circle").attr("class", "map-dot");
      link.append("text");
      return link;
    });
    marks.attr("id", ({ key }) => `spot-${key}`).attr("href", ({ href }) => href).attr("tabindex", 0)
      .attr("role", ({ open }) => (open ? "button" : null)).attr("class", ({ style }) => `map-spot ${style}`)
      .attr("aria-label", ({ told }) => told).attr("data-told", ({ told }) => told).attr("data-events", ({ events }) => events)
      .attr("transform", ({ x, y }) => `translate(${x.toFixed(1)},${y.toFixed(1)})`)
      .on("click", (event: Event, { open }) => opened(event, open))
      .on("keydown", (event: KeyboardEvent, { open }) => (event.key === "Enter" || event.key === " ") && opened(event, open));
    marks.select(".map-reach").attr("r", ({ radius }) => Math.max(radius, TOUCH));
    marks.select(".map-dot").attr("r", ({ radius }) => radius);
    marks.select("text").text(({ inside }) => inside);
  }

  private drawNames(labels: readonly Label[]): void {
    select(this.svg).select(".map-names").selectAll<SVGTextElement, Label>("text").data(labels, ({ key }) => key).join("text")
      .attr("class", ({ kind }) => `map-name map-name-${kind}`).attr("aria-hidden", "true")
      .style("text-anchor", ({ anchor }) => anchor).attr("x", ({ left }) => left).attr("y", ({ top }) => top)
      .attr("transform", ({ turn, left, top }) => (turn ? `rotate(${turn.toFixed(1)},${left},${top})` : null))
      .text(({ text }) => text);
  }

  private widthOf({ text, kind }: Wish): number {
    const key = `${kind} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined || !this.measure) return known ?? 0;
    this.measure.font = `${kind === "place" ? "600 " : ""}13px ${getComputedStyle(this.stage).fontFamily}`;
    const width = this.measure.measureText(text).width * (kind === "country" ? 1.25 : 1);
    this.widths.set(key, width);
    return width;
  }

  private tell(target: EventTarget | null): void {
    const mark = target instanceof Element ? target.closest("[data-told]") : null;
    this.tip.hidden = !mark;
    if (!mark) return;
    this.tip.textContent = mark.getAttribute("data-told");
    const box = mark.getBoundingClientRect();
    const stage = this.stage.getBoundingClientRect();
    const left = Math.min(Math.max(box.left - stage.left + box.width / 2, 110), stage.width - 110);
    const above = box.top - stage.top > 70;
    this.tip.style.left = `${left}px`;
    this.tip.style.top = above ? `${Math.max(box.top - stage.top, 40)}px` : `${Math.min(box.bottom - stage.top, stage.height - 60)}px`;
    this.tip.classList.toggle("map-tip-below", !above);
  }
}

/** Return a circle on the ground. */
export function disc(point: readonly [number, number], kilometres: number): Geometry {
  return geoCircle().center([point[0], point[1]]).radius(kilometres / 111.2)();
}

/** Return the country around a point, null on the sea. */
export function countryAround(ground: Ground, [longitude, latitude]: readonly [number, number]): Geometry | null {
  const near = ground.countries.filter(({ bounds: [west, south, east, north] }) =>
    latitude >= south && latitude <= north && (west > east || (longitude >= west && longitude <= east)));
  return near.find(({ geometry }) => geoContains(geometry, [longitude, latitude]))?.geometry ?? null;
}

/** Return the middle of the greatest part of a country. */
export function heartOf(geometry: Geometry): [number, number] {
  if (geometry.type !== "MultiPolygon") return geoCentroid(geometry);
  const parts = geometry.coordinates.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  const largest = parts.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
  return geoCentroid(largest);
}

function opened(event: Event, open: (() => void) | null): void {
  if (!open) return;
  event.preventDefault();
  open();
}

/** Countries and rivers as they are painted: below everything, without words. */
import { type GeoProjection, geoPath } from "d3-geo";
import type { Bounds, Country, Ground, River } from "./ground";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Colours {
  readonly sea: string;
  readonly land: string;
  readonly border: string;
  readonly river: string;
}

/** Read the colours from the style sheet, which knows of light and dark. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--map-${name}`).trim();
  return { sea: colour("sea"), land: colour("land"), border: colour("border"), river: colour("river") };
}

/** Paint the ground on a canvas as large as its element, sharp on every screen. */
export function paint(canvas: HTMLCanvasElement, size: Size, ground: Ground, projection: GeoProjection, colours: Colours): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, size.width, size.height);
  const window = windowOf(projection, size);
  const path = geoPath(projection, context);
  context.beginPath();
  for (const { geometry } of seen(ground.countries, window)) path(geometry);
  context.fillStyle = colours.land;
  context.fill();
  context.lineJoin = "round";
  context.strokeStyle = colours.river;
  for (const river of seen(ground.rivers, window)) {
    context.beginPath();
    path(river.line);
    context.lineWidth = breadth(river, projection.scale());
    context.stroke();
  }
  context.beginPath();
  path(ground.borders);
  context.strokeStyle = colours.border;
  context.lineWidth = 1;
  context.stroke();
}

/** Return what lies in the window, in degrees; a thing over the date line is always kept. */
export function seen<Thing extends Country | River>(things: readonly Thing[], window: Bounds): Thing[] {
  const [west, south, east, north] = window;
  return things.filter(({ bounds: [left, bottom, right, top] }) =>
    top >= south && bottom <= north && (left > right || (right >= west && left <= east)));
}

/** Return the part of the world that the projection shows in a window of this size. */
export function windowOf(projection: GeoProjection, { width, height }: Size): Bounds {
  const [west, north] = projection.invert?.([0, 0]) ?? [-180, 90];
  const [east, south] = projection.invert?.([width, height]) ?? [180, -90];
  return [west, south, east, north];
}

function breadth({ rank }: River, scale: number): number {
  const near = Math.min(1.6, Math.max(0.6, Math.log10(scale) - 2));
  return Math.max(0.5, 2 - rank * 0.2) * near;
}

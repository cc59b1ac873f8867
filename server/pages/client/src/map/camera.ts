/** What part of the world is seen: zoomed and moved with mouse, finger and keyboard. */
import { type GeoProjection, geoMercator } from "d3-geo";
import { select } from "d3-selection";
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import type { Size } from "./outlines";
import type { Point } from "./place";

const NEAREST = 30_000; // pixels a radian: a town fills the map
const CLOSE = 4_500; // how near the map goes by itself
const STEP = 1.8;
const MOVE = 80; // pixels an arrow key moves
const MARGIN = 48;

export class Camera {
  readonly projection: GeoProjection = geoMercator();
  private readonly behaviour: ZoomBehavior<SVGSVGElement, unknown>;
  private size: Size = { width: 1, height: 1 };

  /** `moved` is called after each change of what is seen. */
  constructor(private readonly surface: SVGSVGElement, moved: () => void) {
    this.behaviour = zoom<SVGSVGElement, unknown>()
      .filter((event: Event) => meant(event, surface))
      .on("zoom", ({ transform }: { transform: ZoomTransform }) => {
        this.projection.scale(transform.k).translate([transform.x, transform.y]);
        moved();
      });
    select(surface).call(this.behaviour).on("dblclick.zoom", null);
    surface.addEventListener("keydown", (event) => this.key(event));
  }

  resize(size: Size): void {
    this.size = size;
    this.behaviour.scaleExtent([size.width / (2 * Math.PI), NEAREST]);
    this.behaviour.extent([[0, 0], [size.width, size.height]]);
  }

  /** Show these points, not nearer than a region. */
  fit(points: readonly Point[]): void {
    const { width, height } = this.size;
    const goal = geoMercator();
    const margin = Math.min(MARGIN, width / 6, height / 6);
    const coordinates = points.length ? points.map(([longitude, latitude]) => [longitude, latitude]) : [[-150, -50], [170, 70]];
    goal.fitExtent([[margin, margin], [width - margin, height - margin]], { type: "MultiPoint", coordinates });
    if (!(goal.scale() < CLOSE)) {
      const [longitude, latitude] = middle(coordinates);
      goal.scale(CLOSE).center([longitude, latitude]).translate([width / 2, height / 2]);
      const [x, y] = goal([0, 0]) ?? [0, 0];
      goal.center([0, 0]).translate([x, y]);
    }
    const [x, y] = goal.translate();
    select(this.surface).call(this.behaviour.transform, zoomIdentity.translate(x, y).scale(goal.scale()));
  }

  nearer(): void {
    select(this.surface).call(this.behaviour.scaleBy, STEP);
  }

  farther(): void {
    select(this.surface).call(this.behaviour.scaleBy, 1 / STEP);
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.surface || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [MOVE, 0], ArrowRight: [-MOVE, 0], ArrowUp: [0, MOVE], ArrowDown: [0, -MOVE],
    };
    const move = moves[event.key];
    if (move) this.behaviour.translateBy(select(this.surface), move[0] / this.projection.scale(), move[1] / this.projection.scale());
    else if (event.key === "+" || event.key === "=") this.nearer();
    else if (event.key === "-") this.farther();
    else return;
    event.preventDefault();
  }
}

/** Tell whether the map is meant: the page scrolls under one finger, and under the wheel unless the map was clicked. */
function meant(event: Event, surface: SVGSVGElement): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey || document.activeElement === surface;
  if (event.type.startsWith("touch")) return (event as TouchEvent).touches.length > 1;
  return !(event instanceof MouseEvent) || event.button === 0;
}

function middle(coordinates: readonly (readonly number[])[]): [number, number] {
  const of = (axis: 0 | 1) => {
    const values = coordinates.map((point) => point[axis] ?? 0);
    return (Math.min(...values) + Math.max(...values)) / 2;
  };
  return [of(0), of(1)];
}

/** What is drawn at one spot of the map, and which marks are drawn as one. */
import type { Place } from "./place";

export interface Mark {
  readonly place: Place;
  /** Pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** The places drawn here, the one with most events first. */
  readonly members: readonly Place[];
  readonly events: number;
}

const SMALLEST = 5;
const LARGEST = 22;
const APART = 0.9; // of both radii: marks nearer than this are one

/** Return the radius in pixels: areas grow as the events do. */
export function radiusOf(events: number, most: number): number {
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((events - 1) / Math.max(most - 1, 12));
}

/** Return one mark for the places that would overlap, at the place with most events. */
export function clustered(places: readonly Place[], project: (place: Place) => readonly [number, number] | null): Mark[] {
  const most = Math.max(1, ...places.map(({ events }) => events));
  const marks: Mark[] = [];
  for (const place of [...places].sort(byWeight)) {
    const at = project(place);
    if (!at) continue;
    const [x, y] = at;
    const radius = radiusOf(place.events, most);
    const near = marks.findIndex((mark) => Math.hypot(mark.x - x, mark.y - y) < (mark.radius + radius) * APART);
    const mark = marks[near];
    if (mark) marks[near] = joined(mark, place, most);
    else marks.push({ place, x, y, radius, members: [place], events: place.events });
  }
  return marks;
}

/** Towns before waters, which name a cluster only where no town does; then those with most events. */
function byWeight(one: Place, other: Place): number {
  return Number(one.precision === "water") - Number(other.precision === "water") || other.events - one.events || (one.iri < other.iri ? -1 : 1);
}

function joined(mark: Mark, place: Place, most: number): Mark {
  const events = mark.events + place.events;
  return { ...mark, events, radius: Math.min(radiusOf(events, most), LARGEST * 1.25), members: [...mark.members, place] };
}

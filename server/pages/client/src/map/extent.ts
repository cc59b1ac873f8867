/** Which part of the world a map shows at first: where the bulk of the events is, not where a stray one is. */
import type { Point } from "./place";

const SHARE = 0.7; // of the events that have to be seen
const CLOSE = 0.2; // of the width of what is seen
const NEAR = 25; // degrees up to which everything is shown

export interface Weighted {
  readonly point: Point;
  readonly events: number;
}

/** Return the points to be seen: all where they lie together, else the ones nearest to the middle that make up the bulk. */
export function bulk<Item extends Weighted>(items: readonly Item[]): Item[] {
  if (span(items) <= NEAR) return [...items];
  const middle: Point = [median(items, 0), median(items, 1)];
  const nearest = [...items].sort((one, other) => distance(one.point, middle) - distance(other.point, middle));
  const enough = SHARE * total(items);
  let seen = 0;
  const kept = nearest.filter((item) => {
    const wanted = seen < enough;
    if (wanted) seen += item.events;
    return wanted;
  });
  return beside(items, kept);
}

/** Return what lies in or close to the rectangle around the points kept: what is near is not cut off. */
function beside<Item extends Weighted>(items: readonly Item[], kept: readonly Item[]): Item[] {
  const edge = CLOSE * span(kept);
  const [west, east] = range(kept, 0);
  const [south, north] = range(kept, 1);
  return items.filter(({ point: [x, y] }) => x >= west - edge && x <= east + edge && y >= south - edge && y <= north + edge);
}

function range(items: readonly Weighted[], axis: 0 | 1): [number, number] {
  const values = items.map(({ point }) => point[axis]);
  return [Math.min(...values), Math.max(...values)];
}

function span(items: readonly Weighted[]): number {
  const width = (axis: 0 | 1) => Math.max(...items.map(({ point }) => point[axis])) - Math.min(...items.map(({ point }) => point[axis]));
  return items.length ? Math.max(width(0), width(1)) : 0;
}

function median(items: readonly Weighted[], axis: 0 | 1): number {
  const sorted = [...items].sort((one, other) => one.point[axis] - other.point[axis]);
  const half = total(items) / 2;
  let seen = 0;
  return sorted.find(({ events }) => (seen += events) >= half)?.point[axis] ?? 0;
}

function total(items: readonly Weighted[]): number {
  return items.reduce((sum, { events }) => sum + events, 0);
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}

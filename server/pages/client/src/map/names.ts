/** Names of the ground: countries from the browser's own table, rivers along their course. */
import type { GeoProjection } from "d3-geo";
import { geoPath } from "d3-geo";
import type { Ground, River } from "./ground";
import type { Wish } from "./label";
import { type Size, seen, windowOf } from "./outlines";

const LEAST_AREA = 9_000; // square pixels of a country that is named
const LEAST_COURSE = 140; // pixels of a river that is named
const GREAT_RIVER = 4; // the rank down to which rivers are named from far away
const NEAR = 1_500; // pixels a radian from which all are

/** Return wishes for the names of the countries and rivers in sight. */
export function groundNames(ground: Ground, projection: GeoProjection, size: Size, language: "de" | "en"): Wish[] {
  return [...rivers(ground, projection, size, language), ...countries(ground, projection, size, language)];
}

function countries(ground: Ground, projection: GeoProjection, size: Size, language: string): Wish[] {
  const path = geoPath(projection);
  const names = new Intl.DisplayNames([language], { type: "region" });
  return seen(ground.countries, windowOf(projection, size)).flatMap(({ code, geometry }) => {
    const region = code && new Intl.Locale(`und-${code}`).region;
    if (!region || /^\d/.test(region) || path.area(geometry) < LEAST_AREA) return [];
    const [x, y] = path.centroid(geometry);
    return [{ key: `country-${code}`, text: names.of(region) ?? region, x, y, away: 0, kind: "country" as const }];
  });
}

function rivers(ground: Ground, projection: GeoProjection, size: Size, language: "de" | "en"): Wish[] {
  const named = seen(ground.rivers, windowOf(projection, size))
    .filter(({ names, rank }) => names && (rank <= GREAT_RIVER || projection.scale() > NEAR))
    .sort((one, other) => one.rank - other.rank);
  return named.flatMap((river, at) => courses(river, projection, size).map(({ x, y, turn }, part) => ({
    key: `river-${at}-${part}`, text: river.names?.[language] ?? "", x, y, away: 0, kind: "river" as const, turn,
  })));
}

/** Return spots along the visible course, from the middle outwards, where a name may stand. */
function courses(river: River, projection: GeoProjection, { width, height }: Size): { x: number; y: number; turn: number }[] {
  const points = river.line.coordinates.flat().map((point) => projection([point[0] ?? 0, point[1] ?? 0]) ?? [-1, -1] as const)
    .filter(([x, y]) => x > 40 && y > 20 && x < width - 40 && y < height - 20);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || Math.hypot(last[0] - first[0], last[1] - first[1]) < LEAST_COURSE) return [];
  return [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((share) => {
    const at = Math.floor(share * (points.length - 1));
    const before = points[Math.max(0, at - 12)];
    const after = points[Math.min(points.length - 1, at + 12)];
    const here = points[at];
    if (!before || !after || !here) return [];
    const turn = (Math.atan2(after[1] - before[1], after[0] - before[0]) * 180) / Math.PI;
    return [{ x: here[0], y: here[1] - 6, turn: turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn }];
  });
}

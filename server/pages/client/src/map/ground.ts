/** What lies under the events: countries and rivers of the file that the build makes. */
import { geoBounds } from "d3-geo";
import type { FeatureCollection, Geometry, MultiLineString } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** West, south, east, north in degrees; west > east where it crosses the date line. */
export type Bounds = readonly [number, number, number, number];

export interface Country {
  /** ISO 3166-1 numeric, "" for territories without. */
  readonly code: string;
  readonly geometry: Geometry;
  readonly bounds: Bounds;
}

export interface River {
  readonly names: { readonly de: string; readonly en: string } | null;
  /** 1 the largest. */
  readonly rank: number;
  readonly line: MultiLineString;
  readonly bounds: Bounds;
}

export interface Ground {
  readonly countries: readonly Country[];
  readonly borders: MultiLineString;
  readonly rivers: readonly River[];
}

interface File {
  countries: Topology<{ countries: GeometryCollection }>;
  rivers: { names: { de: string; en: string } | null; rank: number; lines: [number, number][][] }[];
}

let loading: Promise<Ground> | null = null;

/** Return the ground; loaded once. */
export function ground(): Promise<Ground> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Ground> {
  const response = await fetch(new URL("./ground.json", import.meta.url));
  if (!response.ok) throw new Error(`ground.json: ${response.status}`);
  const file = (await response.json()) as File;
  const { countries: topology } = file;
  const shapes = feature(topology, topology.objects.countries) as FeatureCollection;
  return {
    countries: shapes.features.map(({ id, geometry }) => ({ code: String(id ?? ""), geometry, bounds: bounds(geometry) })),
    borders: mesh(topology, topology.objects.countries, (one, other) => one !== other),
    rivers: file.rivers.map(({ names, rank, lines }) => {
      const line: MultiLineString = { type: "MultiLineString", coordinates: lines };
      return { names, rank, line, bounds: bounds(line) };
    }),
  };
}

function bounds(geometry: Geometry): Bounds {
  const [[west, south], [east, north]] = geoBounds(geometry);
  return [west, south, east, north];
}

/** Places of events, with how precisely they are told. */
import { type Row, numberOf } from "../sparql";

export type Point = readonly [longitude: number, latitude: number];

/** An area where no more is told than that it happened somewhere in it; somewhere on a water; else a spot. */
export type Precision = "country" | "region" | "water" | "spot";

export interface Place {
  readonly iri: string;
  readonly label: string;
  readonly precision: Precision;
  readonly point: Point;
  readonly events: number;
}

const PRECISIONS: Readonly<Record<string, Precision>> = { Country: "country", Region: "region", WaterBody: "water" };

/** Return the places of a map's answer: ?place ?label ?kind ?latitude ?longitude ?events; those without a point are left out. */
export function placesOf(rows: readonly Row[]): Place[] {
  return rows.flatMap((row) => {
    const point: Point = [numberOf(row["longitude"]), numberOf(row["latitude"])];
    const iri = row["place"]?.value;
    if (!iri || !point.every(Number.isFinite)) return [];
    const precision = PRECISIONS[endOf(row["kind"]?.value ?? "")] ?? "spot";
    return [{ iri, label: row["label"]?.value ?? endOf(iri), precision, point, events: numberOf(row["events"]) || 1 }];
  });
}

/** Tell whether a place is drawn as an area. */
export function isArea(precision: Precision): boolean {
  return precision === "country" || precision === "region";
}

/** Return the last part of an IRI, readable. */
export function endOf(iri: string): string {
  const end = iri.slice(Math.max(iri.lastIndexOf("/"), iri.lastIndexOf("#")) + 1);
  try {
    return decodeURIComponent(end);
  } catch {
    return end;
  }
}

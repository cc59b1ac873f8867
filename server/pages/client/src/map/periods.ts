/** Who held which town on a day, of the derived periods of control. */
import { type Row, numberOf } from "../sparql";
import { type Point, endOf } from "./place";

export interface Period {
  readonly place: string;
  readonly placeLabel: string;
  readonly point: Point | null;
  readonly holder: string;
  readonly holderLabel: string;
  /** Days as 2016-06-12; null where nothing is told, at the end also while it lasts. */
  readonly earliestStart: string | null;
  readonly latestStart: string | null;
  readonly earliestEnd: string | null;
  readonly latestEnd: string | null;
}

export interface Holding {
  readonly place: string;
  readonly label: string;
  readonly point: Point | null;
  /** Everybody who may have held it that day, the certain ones first. */
  readonly holders: readonly { readonly iri: string; readonly label: string; readonly certain: boolean }[];
}

/** Return the periods of an answer: ?place ?label ?latitude ?longitude ?holder ?holderLabel and the four bounds. */
export function periodsOf(rows: readonly Row[]): Period[] {
  return rows.flatMap((row) => {
    const place = row["place"]?.value;
    const holder = row["holder"]?.value;
    if (!place || !holder) return [];
    const point: Point = [numberOf(row["longitude"]), numberOf(row["latitude"])];
    return [{
      place, holder, placeLabel: row["label"]?.value ?? endOf(place), holderLabel: row["holderLabel"]?.value ?? endOf(holder),
      point: point.every(Number.isFinite) ? point : null,
      earliestStart: dayOf(row, "earliestStart"), latestStart: dayOf(row, "latestStart"),
      earliestEnd: dayOf(row, "earliestEnd"), latestEnd: dayOf(row, "latestEnd"),
    }];
  });
}

/** Return every town that somebody may have held on a day, by name. */
export function held(periods: readonly Period[], day: string): Holding[] {
  const towns = new Map<string, Holding>();
  for (const period of periods) {
    if (!possible(period, day)) continue;
    const { place, placeLabel: label, point } = period;
    const town = towns.get(place) ?? { place, label, point, holders: [] };
    const others = town.holders.filter(({ iri }) => iri !== period.holder);
    const before = town.holders.find(({ iri }) => iri === period.holder);
    const holder = { iri: period.holder, label: period.holderLabel, certain: certain(period, day) || (before?.certain ?? false) };
    const holders = [...others, holder].sort((one, other) => Number(other.certain) - Number(one.certain));
    towns.set(place, { ...town, holders });
  }
  return [...towns.values()].sort((one, other) => one.label.localeCompare(other.label));
}

/** Return the days on which something changes, in order. */
export function changes(periods: readonly Period[]): string[] {
  const days = periods.flatMap(({ earliestStart, latestStart, earliestEnd, latestEnd }) => [earliestStart, latestStart, earliestEnd, latestEnd]);
  return [...new Set(days.filter((day): day is string => day !== null))].sort();
}

/** Return the holders by how many towns they ever held, the greatest first: the order of the colours. */
export function holdersOf(periods: readonly Period[]): { iri: string; label: string }[] {
  const towns = new Map<string, { label: string; places: Set<string> }>();
  for (const { holder, holderLabel, place } of periods) {
    const known = towns.get(holder) ?? { label: holderLabel, places: new Set() };
    known.places.add(place);
    towns.set(holder, known);
  }
  return [...towns].sort(([one, { places: a }], [other, { places: b }]) => b.size - a.size || (one < other ? -1 : 1))
    .map(([iri, { label }]) => ({ iri, label }));
}

function possible({ earliestStart, latestEnd }: Period, day: string): boolean {
  return (earliestStart === null || earliestStart <= day) && (latestEnd === null || latestEnd >= day);
}

function certain({ latestStart, earliestEnd }: Period, day: string): boolean {
  return latestStart !== null && latestStart <= day && (earliestEnd === null || earliestEnd >= day);
}

function dayOf(row: Row, name: string): string | null {
  return row[name]?.value.slice(0, 10) ?? null;
}

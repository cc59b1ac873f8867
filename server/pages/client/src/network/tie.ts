/** Who does what to whom, of an answer; the strongest ties where there are too many to be read. */
import { endOf } from "../map/place";
import { type Row, numberOf } from "../sparql";
import FAMILY_ROWS from "../../data/families.tsv";

export const FAMILIES = ["fight", "control", "support", "people", "words"] as const;
export type Family = (typeof FAMILIES)[number];

export interface Actor {
  readonly iri: string;
  readonly label: string;
  readonly events: number;
}

/** All events of one family from one actor to another. */
export interface Tie {
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  readonly events: number;
  /** Type's name and number, the commonest first. */
  readonly types: readonly (readonly [string, number])[];
}

export interface Web {
  readonly actors: readonly Actor[];
  readonly ties: readonly Tie[];
}

const LEAST = 3; // actors of a part that is drawn beside others
const OF_TYPE = new Map(FAMILY_ROWS.trimEnd().split("\n").slice(1).map((row) => row.split("\t") as [string, Family]));

/** Return the web of an answer: ?agent ?agentLabel ?type ?target ?targetLabel ?events. */
export function webOf(rows: readonly Row[]): Web {
  const labels = new Map<string, string>();
  const ties = new Map<string, Tie>();
  for (const row of rows) {
    const [from, to, type] = [row["agent"]?.value, row["target"]?.value, row["type"]?.value];
    const events = numberOf(row["events"]) || 0;
    if (!from || !to || !type) continue;
    labels.set(from, row["agentLabel"]?.value ?? endOf(from));
    labels.set(to, row["targetLabel"]?.value ?? endOf(to));
    const family = OF_TYPE.get(endOf(type)) ?? "words";
    const key = `${from} ${to} ${family}`;
    const before = ties.get(key);
    const types = [...(before?.types ?? []), [type, events] as const].sort(([, one], [, other]) => other - one);
    ties.set(key, { from, to, family, events: (before?.events ?? 0) + events, types });
  }
  return { ties: strongest([...ties.values()]), actors: actorsOf([...ties.values()], labels) };
}

/** Return the ties among so many actors, those with most events; pairs apart from the rest are left out. */
export function readable({ actors, ties }: Web, most: number): Web {
  const events = new Map<string, number>();
  for (const { from, to, events: n } of ties) for (const iri of new Set([from, to])) events.set(iri, (events.get(iri) ?? 0) + n);
  const greatest = actors.filter(({ iri }) => events.has(iri)).sort((one, other) => (events.get(other.iri) ?? 0) - (events.get(one.iri) ?? 0));
  const near = new Set(greatest.slice(0, most).map(({ iri }) => iri));
  const kept = greatParts(ties.filter(({ from, to }) => near.has(from) && near.has(to)));
  const tied = new Set(kept.flatMap(({ from, to }) => [from, to]));
  return { ties: kept, actors: actors.filter(({ iri }) => tied.has(iri)) };
}

/** Return the ties of those parts that have at least so many actors, of all where no part has. */
function greatParts(ties: readonly Tie[]): readonly Tie[] {
  const part = new Map<string, Set<string>>();
  for (const { from, to } of ties) {
    const joined = new Set([...(part.get(from) ?? [from]), ...(part.get(to) ?? [to])]);
    for (const iri of joined) part.set(iri, joined);
  }
  const great = ties.filter(({ from }) => (part.get(from)?.size ?? 0) >= LEAST);
  return great.length ? great : ties;
}

function strongest(ties: readonly Tie[]): Tie[] {
  return [...ties].sort((one, other) => other.events - one.events || (`${one.from} ${one.to}` < `${other.from} ${other.to}` ? -1 : 1));
}

function actorsOf(ties: readonly Tie[], labels: ReadonlyMap<string, string>): Actor[] {
  const events = new Map<string, number>();
  for (const { from, to, events: n } of ties) for (const iri of new Set([from, to])) events.set(iri, (events.get(iri) ?? 0) + n);
  return [...events].map(([iri, n]) => ({ iri, label: labels.get(iri) ?? iri, events: n })).sort((one, other) => other.events - one.events);
}

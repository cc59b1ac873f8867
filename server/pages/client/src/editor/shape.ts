/** Which columns of an answer can be shown on a map, a timeline, in a network or a chart. */
import type { Row, Term } from "../sparql";

export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly Row[];
}

const TIME = /^\d{4}-\d{2}-\d{2}(T|$)/;
const WKT = /^POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)$/i;
const NUMBER = /(integer|decimal|double|float|int|long|short|byte)$/i;

/** Return rows for the map (?place ?label ?latitude ?longitude ?events), null where no column holds coordinates. */
export function forMap({ names, rows }: Answer): Row[] | null {
  const [north, east] = [names.find((name) => /^lat/i.test(name)), names.find((name) => /^(lon|lng)/i.test(name))];
  const point = names.find((name) => some(rows, name, ({ value }) => WKT.test(value)));
  if (!point && !(north && east)) return null;
  const [place, count] = [names.find((name) => isIri(rows, name)), counted({ names: names.filter((name) => name !== north && name !== east), rows })];
  const places = new Map<string, Row>();
  for (const row of rows) {
    const [longitude, latitude] = point ? pointOf(row[point]) : [row[east ?? ""]?.value, row[north ?? ""]?.value];
    if (longitude === undefined || latitude === undefined) continue;
    const key = (place && row[place]?.value) ?? `${longitude} ${latitude}`;
    const events = (count ? Number(row[count]?.value) || 0 : 1) + Number(places.get(key)?.["events"]?.value ?? 0);
    places.set(key, {
      place: { type: "uri", value: key }, latitude: literal(latitude), longitude: literal(longitude), events: literal(String(events)),
      ...(labelOf(row, names, place) ? { label: labelOf(row, names, place) } : {}),
    });
  }
  return places.size ? [...places.values()] : null;
}

/** Return rows for the timeline (?first ?last ?events), null where no column holds times. */
export function forTimeline({ names, rows }: Answer): Row[] | null {
  const [first, last] = names.filter((name) => some(rows, name, ({ value, datatype }) => TIME.test(value) && datatype !== undefined));
  if (!first) return null;
  const spans = new Map<string, number>();
  for (const row of rows) {
    const begin = (row[first] ?? row[last ?? ""])?.value.slice(0, 10);
    const end = (row[last ?? ""] ?? row[first])?.value.slice(0, 10);
    if (begin && end) spans.set(`${begin} ${end}`, (spans.get(`${begin} ${end}`) ?? 0) + 1);
  }
  return [...spans].map(([span, events]) => ({ first: literal(span.slice(0, 10)), last: literal(span.slice(11)), events: literal(String(events)) }));
}

/** Return rows for the network (?agent ?type ?target ?events), null where there are no two columns of resources. */
export function forNetwork(answer: Answer): Row[] | null {
  const { names, rows } = answer;
  const iris = names.filter((name) => isIri(rows, name));
  const agent = iris.find((name) => /agent|who|from|one|actor|subject/i.test(name)) ?? iris[0];
  const target = iris.find((name) => name !== agent && /target|whom|to|other|object/i.test(name)) ?? iris.find((name) => name !== agent);
  if (!agent || !target) return null;
  const count = counted(answer);
  return rows.flatMap((row) => {
    const [from, to] = [row[agent], row[target]];
    if (!from || !to) return [];
    const labels = { agentLabel: named(row, agent), targetLabel: named(row, target) };
    return [{ agent: from, target: to, type: literal("lb:tie"), events: literal(count ? (row[count]?.value ?? "1") : "1"), ...labels }];
  });
}

/** Return the column of numbers and the one that names them, null where there are no such. */
export function forChart(answer: Answer): { name: string; number: string } | null {
  const number = counted(answer);
  const text = answer.names.filter((name) => name !== number && some(answer.rows, name, () => true));
  const name = text.find((candidate) => !isIri(answer.rows, candidate)) ?? text[0];
  return number && name ? { name, number } : null;
}

function counted({ names, rows }: Answer): string | undefined {
  return names.findLast((name) => some(rows, name, ({ datatype }) => NUMBER.test(datatype ?? "")) && !/^(lat|lon|lng|begin|end)/i.test(name));
}

function isIri(rows: readonly Row[], name: string): boolean {
  return some(rows, name, ({ type }) => type === "uri");
}

/** Tell whether a column holds something and all its first terms are so. */
function some(rows: readonly Row[], name: string, test: (term: Term) => boolean): boolean {
  const terms = rows.slice(0, 50).flatMap((row) => row[name] ?? []);
  return terms.length > 0 && terms.every(test);
}

function named(row: Row, name: string): Term | undefined {
  return row[`${name}Label`] ?? row[`${name}Name`];
}

function labelOf(row: Row, names: readonly string[], place: string | undefined): Term | undefined {
  const own = place ? named(row, place) : undefined;
  return own ?? row["label"] ?? row[names.find((name) => row[name]?.type === "literal" && !row[name]?.datatype) ?? ""];
}

function pointOf(term: Term | undefined): [string, string] | [undefined, undefined] {
  const found = WKT.exec(term?.value ?? "");
  return found ? [found[1] ?? "", found[2] ?? ""] : [undefined, undefined];
}

function literal(value: string): Term {
  return { type: "literal", value };
}

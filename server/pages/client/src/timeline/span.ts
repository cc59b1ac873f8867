/** How many events lie in which day, month or year: surely, or perhaps. */
import { type Row, numberOf } from "../sparql";

export interface Span {
  /** 2016-06-12, 2016-06 or 2016; the same as `last` where it is certain. */
  readonly first: string;
  readonly last: string;
  readonly events: number;
}

export interface Bin {
  readonly key: string;
  readonly certain: number;
  /** Events that lie in one of several bins, shared out among these. */
  readonly share: number;
  /** As many as may lie here beside the certain ones. */
  readonly possible: number;
}

const MOST = 150; // bins that can be told apart
const STEPS = [10, 7, 4]; // characters of a day, a month, a year
const WRITTEN = /^\d{4}(-\d{2}){0,2}$/;
const TAIL = 0.02; // of the events at either end that don't stretch the timeline ...
const STRETCH = 3; // ... where they would make it so many times as long

/** Return the spans of a timeline's answer: ?first ?last ?events. */
export function spansOf(rows: readonly Row[]): Span[] {
  return rows.flatMap((row) => {
    const first = row["first"]?.value ?? "";
    const last = row["last"]?.value ?? first;
    return WRITTEN.test(first) && WRITTEN.test(last) && first <= last ? [{ first, last, events: numberOf(row["events"]) || 0 }] : [];
  });
}

/** Return a bin for each day, month or year (as fine as can be told apart) of the bulk of the spans, empty ones too. */
export function binned(spans: readonly Span[]): Bin[] {
  if (!spans.length) return [];
  const [start, end] = bulk(spans);
  const cut = STEPS.find((length) => length <= start.length && between(start.slice(0, length), end.slice(0, length)).length <= MOST) ?? 4;
  const keys = between(start.slice(0, cut), end.slice(0, cut));
  const bins = new Map(keys.map((key) => [key, { key, certain: 0, share: 0, possible: 0 }]));
  for (const { first, last, events } of spans) {
    const within = between(first.slice(0, cut), last.slice(0, cut));
    for (const key of within) {
      const bin = bins.get(key);
      if (bin && within.length === 1) bin.certain += events;
      else if (bin) {
        bin.share += events / within.length;
        bin.possible += events;
      }
    }
  }
  return [...bins.values()];
}

/** Return the days, months or years from one to another, written as these are. */
export function between(first: string, last: string): string[] {
  const found: string[] = [];
  for (let at = first; at <= last; at = next(at)) found.push(at);
  return found;
}

/** Return the first and the last day of a day, month or year. */
export function daysOf(key: string): [string, string] {
  if (key.length === 4) return [`${key}-01-01`, `${key}-12-31`];
  const [year = 0, month = 1] = key.split("-").map(Number);
  return key.length === 7 ? [`${key}-01`, new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)] : [key, key];
}

function bulk(spans: readonly Span[]): [string, string] {
  const whole = edges(spans, 0);
  const inner = edges(spans, TAIL);
  return length(whole) > STRETCH * Math.max(length(inner), 1) ? inner : whole;
}

/** Return where the first and the last event lie when a share of all is left out at either end. */
function edges(spans: readonly Span[], share: number): [string, string] {
  const least = share * spans.reduce((sum, { events }) => sum + events, 0);
  const reached = (sorted: readonly Span[]) => {
    let seen = 0;
    return sorted.find(({ events }) => (seen += events) > least) ?? sorted[0];
  };
  const first = reached([...spans].sort((one, other) => one.first.localeCompare(other.first)))?.first ?? "";
  const last = reached([...spans].sort((one, other) => other.last.localeCompare(one.last)))?.last ?? "";
  return first <= last ? [first, last] : [last, first];
}

function length([first, last]: readonly [string, string]): number {
  return between(first.slice(0, 7), last.slice(0, 7)).length;
}

function next(key: string): string {
  const [year = 0, month, day] = key.split("-").map(Number);
  if (month === undefined) return String(year + 1).padStart(4, "0");
  const date = day === undefined ? new Date(Date.UTC(year, month)) : new Date(Date.UTC(year, month - 1, day + 1));
  return date.toISOString().slice(0, key.length);
}

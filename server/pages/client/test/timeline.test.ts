import { deepStrictEqual } from "node:assert";
import { test } from "node:test";
import { binned, daysOf, spansOf } from "../src/timeline/span";
import { inWords, rankOf, tickOf } from "../src/timeline/words";
import { row, table } from "./table";

const span = (first: string, last: string, events: number) => ({ first, last, events });

table("a timeline's answer", (rows: Parameters<typeof spansOf>[0]) => spansOf(rows), {
  "months": [[row({ first: "2016-06", last: "2016-07", events: "3" })], [span("2016-06", "2016-07", 3)]],
  "no last is the first": [[row({ first: "2016-06-12", events: "1" })], [span("2016-06-12", "2016-06-12", 1)]],
  "turned round or no time is left out": [[row({ first: "2016-07", last: "2016-06", events: "1" }), row({ first: "bald", events: "1" })], []],
});

test("what is certain and what is shared among several months stand apart, empty months are there", () => {
  deepStrictEqual(binned([span("2016-01", "2016-01", 4), span("2016-03", "2016-04", 2), span("2016-04", "2016-04", 1)]), [
    { key: "2016-01", certain: 4, share: 0, possible: 0 }, { key: "2016-02", certain: 0, share: 0, possible: 0 },
    { key: "2016-03", certain: 0, share: 1, possible: 2 }, { key: "2016-04", certain: 1, share: 1, possible: 2 },
  ]);
});

test("all events are there, however they are shared out", () => {
  const bins = binned([span("2014-11", "2015-02", 5), span("2015-01", "2015-01", 7), span("2012-01", "2016-12", 3)]);
  deepStrictEqual(Math.round(bins.reduce((sum, { certain, share }) => sum + certain + share, 0)), 15);
});

test("more months than can be told apart are years, more days months", () => {
  deepStrictEqual(binned([span("1990-01", "1990-01", 9), span("2016-05", "2016-05", 9)]).map(({ key }) => key).slice(0, 2), ["1990", "1991"]);
  deepStrictEqual(binned([span("2015-01-01", "2015-01-01", 9), span("2016-05-03", "2016-05-03", 9)]).length, 17);
});

test("one event long ago does not squeeze the others", () => {
  const bins = binned([span("1915-04", "1915-04", 1), span("2014-06", "2014-06", 60), span("2016-06", "2016-06", 60)]);
  deepStrictEqual([bins[0]?.key, bins.at(-1)?.key], ["2014-06", "2016-06"]);
});

table("the days of a bin", daysOf, {
  "a year": ["2016", ["2016-01-01", "2016-12-31"]], "a month": ["2016-02", ["2016-02-01", "2016-02-29"]], "a day": ["2016-02-03", ["2016-02-03", "2016-02-03"]],
});
table("in words", ([key, language]: [string, "de" | "en"]) => inWords(key, language), {
  "a day": [["2016-06-12", "de"], "12. Juni 2016"], "a month": [["2016-06", "en"], "June 2016"], "a year": [["2016", "de"], "2016"],
});
table("below a bar", (key: string) => [tickOf(key, "de"), rankOf(key)], {
  "January is the year": ["2016-01", ["2016", 0]], "a quarter": ["2016-04", ["Apr", 1]], "a day": ["2016-06-12", ["12. Juni", 2]],
});

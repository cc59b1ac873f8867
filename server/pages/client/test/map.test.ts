import { deepStrictEqual, ok } from "node:assert";
import { test } from "node:test";
import { bulk } from "../src/map/extent";
import { type Wish, placed } from "../src/map/label";
import { clustered } from "../src/map/mark";
import { changes, held, holdersOf, periodsOf } from "../src/map/periods";
import { type Place, placesOf } from "../src/map/place";
import { row } from "./table";

const LB = "https://w3id.org/lagebild/ontology#";
const E = "https://w3id.org/lagebild/entity/";
const place = (label: string, longitude: number, latitude: number, events: number): Place =>
  ({ iri: E + label, label, precision: "spot", point: [longitude, latitude], events });

test("a country and a region are areas, a town is a spot, what has no point is not drawn", () => {
  const rows = [
    row({ place: `${E}syria`, label: "Syrien", kind: `${LB}Country`, latitude: "35", longitude: "38", events: "4" }),
    row({ place: `${E}nineveh`, label: "Ninive", kind: `${LB}Region`, latitude: "36", longitude: "42", events: "2" }),
    row({ place: `${E}mosul`, kind: `${LB}City`, latitude: "36.3", longitude: "43.1", events: "1" }),
    row({ place: `${E}nowhere`, label: "Nirgendwo", kind: `${LB}City`, events: "1" }),
  ];
  deepStrictEqual(placesOf(rows).map(({ label, precision, events }) => [label, precision, events]),
    [["Syrien", "country", 4], ["Ninive", "region", 2], ["mosul", "spot", 1]]);
});

test("one event in Washington does not squeeze Iraq into a corner", () => {
  const near = [place("Mossul", 43, 36, 40), place("Rakka", 39, 36, 30), place("Falludscha", 43.8, 33.3, 10)];
  deepStrictEqual(bulk([...near, place("Washington", -77, 38.9, 2)]).map(({ label }) => label).sort(), near.map(({ label }) => label).sort());
  deepStrictEqual(bulk(near), near);
  const beside = [...near, place("Bagdad", 44.4, 33.3, 1), place("Washington", -77, 38.9, 2)];
  ok(bulk(beside).some(({ label }) => label === "Bagdad"));
  deepStrictEqual(bulk([]), []);
});

test("places that would overlap are one mark at the place with most events, with all events", () => {
  const marks = clustered([place("Ost", 10, 0, 2), place("Haupt", 0, 0, 9), place("Fern", 300, 0, 1)], ({ point: [x, y] }) => [x, y]);
  deepStrictEqual(marks.map(({ place: { label }, events, members }) => [label, events, members.length]), [["Haupt", 11, 2], ["Fern", 1, 1]]);
});

test("no event is lost by clusters", () => {
  const many = Array.from({ length: 200 }, (_, at) => place(`p${at}`, (at * 37) % 500, (at * 91) % 300, 1 + (at % 7)));
  const marks = clustered(many, ({ point: [x, y] }) => [x, y]);
  deepStrictEqual(marks.reduce((sum, { events }) => sum + events, 0), many.reduce((sum, { events }) => sum + events, 0));
});

test("names never cover each other, a mark or the edge; a name without room is left out", () => {
  const wish = (key: string, x: number, y: number): Wish => ({ key, text: key, x, y, away: 8, kind: "place" });
  const size = { width: 200, height: 100 };
  const labels = placed([wish("erster", 100, 50), wish("zweiter", 104, 52), wish("dritter", 101, 49), wish("vierter", 99, 51), wish("fünfter", 100, 50)], [], size, () => 60);
  const boxes = labels.map(({ anchor, left, top }) => ({ left: anchor === "start" ? left : anchor === "end" ? left - 60 : left - 30, top }));
  ok(labels.length >= 2 && labels.length < 5);
  for (const [at, one] of boxes.entries()) {
    ok(one.left >= 0 && one.left + 60 <= 200);
    for (const other of boxes.slice(at + 1)) ok(Math.abs(one.left - other.left) >= 60 || Math.abs(one.top - other.top) >= 15);
  }
});

const period = (town: string, holder: string, bounds: Readonly<Record<string, string>>) =>
  row({ place: E + town, label: town, holder: E + holder, holderLabel: holder, latitude: "1", longitude: "2", ...bounds });
const periods = periodsOf([
  period("Mossul", "IS", { earliestStart: "2014-06-09T00:00:00Z", latestStart: "2014-06-10T23:59:59Z", earliestEnd: "2017-06-01T00:00:00Z", latestEnd: "2017-07-10T23:59:59Z" }),
  period("Mossul", "Armee", { earliestStart: "2017-06-01T00:00:00Z", latestStart: "2017-07-10T23:59:59Z" }),
  period("Rakka", "IS", { latestStart: "2014-01-14T00:00:00Z" }),
]);
const holding = (day: string) => held(periods, day).map(({ label, holders }) => [label, ...holders.map(({ label: holder, certain }) => holder + (certain ? "" : "?"))]);

test("who held what on a day: surely between the inner bounds, perhaps between the outer ones, nobody outside", () => {
  deepStrictEqual(holding("2013-12-31"), [["Rakka", "IS?"]]);
  deepStrictEqual(holding("2015-01-01"), [["Mossul", "IS"], ["Rakka", "IS"]]);
  deepStrictEqual(holding("2017-06-15"), [["Mossul", "IS?", "Armee?"], ["Rakka", "IS"]]);
  deepStrictEqual(holding("2020-01-01"), [["Mossul", "Armee"], ["Rakka", "IS"]]);
});

test("days of change are in order, holders by the number of their towns", () => {
  deepStrictEqual(changes(periods), ["2014-01-14", "2014-06-09", "2014-06-10", "2017-06-01", "2017-07-10"]);
  deepStrictEqual(holdersOf(periods).map(({ label }) => label), ["IS", "Armee"]);
});

import { deepStrictEqual, ok } from "node:assert";
import { test } from "node:test";
import { apart } from "../src/network/room";
import { readable, webOf } from "../src/network/tie";
import { row } from "./table";

const E = "https://w3id.org/lagebild/entity/";
const LB = "https://w3id.org/lagebild/ontology#";
const tie = (agent: string, type: string, target: string, events: number) =>
  row({ agent: E + agent, agentLabel: agent, type: LB + type, target: E + target, targetLabel: target, events: String(events) });

test("types of one family are one tie, with each type's number", () => {
  const { ties, actors } = webOf([tie("a", "Airstrike", "b", 2), tie("a", "Killing", "b", 3), tie("a", "Support", "b", 1)]);
  deepStrictEqual(ties.map(({ family, events, types }) => [family, events, types.map(([type, n]) => [type.slice(LB.length), n])]),
    [["fight", 5, [["Killing", 3], ["Airstrike", 2]]], ["support", 1, [["Support", 1]]]]);
  deepStrictEqual(actors.map(({ label, events }) => [label, events]), [["a", 6], ["b", 6]]);
});

test("of many actors those with most events are shown, with all ties among them", () => {
  const web = webOf([tie("a", "Clash", "b", 9), tie("b", "Clash", "c", 5), tie("c", "Support", "a", 1), tie("d", "Clash", "e", 1)]);
  const { actors, ties } = readable(web, 3);
  deepStrictEqual(actors.map(({ label }) => label).sort(), ["a", "b", "c"]);
  deepStrictEqual(ties.length, 3);
});

test("a pair apart from the rest is left to the table, but shown where there is nothing else", () => {
  const pair = tie("d", "Clash", "e", 9);
  deepStrictEqual(readable(webOf([tie("a", "Clash", "b", 1), tie("b", "Clash", "c", 1), pair]), 9).actors.map(({ label }) => label).sort(), ["a", "b", "c"]);
  deepStrictEqual(readable(webOf([pair]), 9).actors.map(({ label }) => label).sort(), ["d", "e"]);
});

test("boxes are moved apart and stay in the frame", () => {
  const boxes = Array.from({ length: 12 }, (_, at) => ({ key: String(at), x: 100 + at, y: 60, width: 40, height: 20 }));
  const moved = apart(boxes, { width: 300, height: 200 });
  for (const [at, one] of moved.entries()) {
    ok(one.x >= 20 && one.x <= 280 && one.y >= 10 && one.y <= 190);
    for (const other of moved.slice(at + 1)) ok(Math.abs(one.x - other.x) >= 39 || Math.abs(one.y - other.y) >= 19, `${one.key} covers ${other.key}`);
  }
});

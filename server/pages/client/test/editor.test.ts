import { deepStrictEqual } from "node:assert";
import { test } from "node:test";
import { completed } from "../src/editor/completion";
import { headline } from "../src/editor/history";
import { forChart, forMap, forNetwork, forTimeline } from "../src/editor/shape";
import { shortened } from "../src/editor/vocabulary";
import { row, table } from "./table";

const LB = "https://w3id.org/lagebild/ontology#";
const vocabulary = {
  prefixes: new Map([["lb", LB], ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"]]),
  names: [{ short: "lb:place", label: "Ort", uses: 9 }, { short: "lb:Capture", label: "Einnahme", uses: 5 }, { short: "rdfs:label", label: "", uses: 3 }],
  graphs: ["https://w3id.org/lagebild/graph/derived"],
};
const texts = (before: string) => {
  const { back, suggestions } = completed(before, "SELECT ?event ?place WHERE { }", vocabulary);
  return [back, suggestions.map(({ text }) => text)];
};

table("what could be written", texts, {
  "after PREFIX a declaration": ["PREFIX l", [1, [`lb: <${LB}>`]]],
  "after GRAPH a graph": ["GRAPH <https", [6, ["<https://w3id.org/lagebild/graph/derived>"]]],
  "a name by its prefix, the commonest first": ["?event lb:", [3, ["lb:place", "lb:Capture"]]],
  "a name by its label": ["?event a einna", [5, ["lb:Capture"]]],
  "a variable of the query": ["?event lb:place ?pl", [3, ["?place"]]],
  "a keyword": ["OPT", [3, ["OPTIONAL"]]],
  "nothing of nothing": ["{ ", [0, []]],
});
test("a name brings the prefix that it needs", () => deepStrictEqual(completed("lb:Cap", "", vocabulary).suggestions[0]?.prefix, "lb"));
table("an IRI as short as can be", (iri: string) => shortened(iri, vocabulary.prefixes), {
  "with a prefix": [`${LB}Capture`, "lb:Capture"], "without": ["https://example.org/x", "<https://example.org/x>"], "what no local name can be": [`${LB}a/b`, `<${LB}a/b>`],
});
table("a query's first line", headline, {
  "without prefixes": ["PREFIX lb: <x>\n\nSELECT * WHERE { }", "SELECT * WHERE { }"], "nothing but a prefix": ["PREFIX lb: <x>", "PREFIX lb: <x>"],
});

const answer = (...rows: ReturnType<typeof row>[]) => ({ names: Object.keys(rows[0] ?? {}), rows });
test("coordinates make a map: by latitude and longitude, and of a point", () => {
  const places = answer(row({ place: "https://x/a", label: "A", latitude: "36.5", longitude: "43.5", n: "4" }));
  deepStrictEqual(forMap(places)?.map((found) => [found["label"]?.value, found["events"]?.value]), [["A", "4"]]);
  deepStrictEqual(forMap(answer(row({ where: "POINT(43.1 36.3)" })))?.map((found) => [found["longitude"]?.value, found["latitude"]?.value]), [["43.1", "36.3"]]);
  deepStrictEqual(forMap(answer(row({ label: "A" }))), null);
});
test("times make a timeline, two resources a network, a name and a number a chart", () => {
  const events = answer(row({ event: "https://x/e", earliest: "2016-06-12T00:00:00Z", latest: "2016-06-13T23:59:59Z" }));
  deepStrictEqual(forTimeline(events)?.map((found) => [found["first"]?.value, found["last"]?.value]), [["2016-06-12", "2016-06-13"]]);
  const ties = answer(row({ target: "https://x/b", agent: "https://x/a", n: "7" }));
  deepStrictEqual(forNetwork(ties)?.map((found) => [found["agent"]?.value, found["target"]?.value, found["events"]?.value]), [["https://x/a", "https://x/b", "7"]]);
  deepStrictEqual(forChart(answer(row({ who: "https://x/a", name: "A", n: "7" }))), { name: "name", number: "n" });
  deepStrictEqual([forTimeline(ties), forNetwork(events), forChart(events)], [null, null, null]);
});

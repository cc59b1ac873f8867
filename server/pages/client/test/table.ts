/** Tests as sentences over tables. */
import { deepStrictEqual } from "node:assert";
import { test } from "node:test";
import type { Row } from "../src/sparql";

/** One test for each case: what it is about, what goes in, what comes out. */
export function table<Input, Output>(about: string, run: (input: Input) => Output, cases: Readonly<Record<string, readonly [Input, Output]>>): void {
  for (const [name, [input, expected]] of Object.entries(cases)) test(`${about}: ${name}`, () => deepStrictEqual(run(input), expected));
}

/** A row of texts; what looks like an IRI is one, what looks like a time or a number has its datatype. */
export function row(values: Readonly<Record<string, string>>): Row {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, term(value)]));
}

function term(value: string) {
  if (/^https?:/.test(value)) return { type: "uri" as const, value };
  const datatype = /^\d+$/.test(value) ? "integer" : /^\d{4}-\d\d-\d\dT/.test(value) ? "dateTime" : null;
  return { type: "literal" as const, value, ...(datatype ? { datatype: `http://www.w3.org/2001/XMLSchema#${datatype}` } : {}) };
}

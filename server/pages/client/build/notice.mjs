// The licences of every package of which something stands in the bundle.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const LICENCE = /^(licen[cs]e|copying)(\.(md|txt|mit))?$/i;
const DATA = ["world-atlas"]; // its data stand in ground.json

/** Return one text: name, version, licence, and the licence's text of each package among the bundled files. */
export async function notice(here, inputs) {
  const folders = new Set(DATA.map((name) => `node_modules/${name}`));
  for (const path of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match) folders.add(match[1]);
  }
  const parts = await Promise.all([...folders].sort().map((folder) => licence(join(here, folder))));
  return `Packages of which the scripts of these pages are made\n\n${parts.join("\n\n")}\n`;
}

async function licence(folder) {
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((name) => LICENCE.test(name));
  const text = file ? (await readFile(join(folder, file), "utf8")).trim() : "";
  if (!about.license && !text) throw new Error(`${about.name}: no licence is stated`);
  return [`${about.name} ${about.version} (${about.license ?? "see below"})`, text].filter(Boolean).join("\n\n");
}

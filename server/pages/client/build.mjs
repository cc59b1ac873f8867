// Bundles the client into the folder given: scripts split by view, the map's ground, the licences of what is bundled.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ground } from "./build/ground.mjs";
import { notice } from "./build/notice.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error("usage: node build.mjs FOLDER");

const result = await build({
  absWorkingDir: here,
  entryPoints: { portal: "src/portal.ts", style: "src/style.css", editor: "src/editor/editor.css" },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2023",
  minify: true,
  legalComments: "none",
  loader: { ".tsv": "text", ".woff2": "dataurl", ".svg": "dataurl" },
  chunkNames: "[name]-[hash]",
  metafile: true,
  logLevel: "warning",
});
const read = (path) => readFile(join(here, path), "utf8");
const [atlas, rivers, names] = await Promise.all(
  ["node_modules/world-atlas/countries-50m.json", "data/rivers.geojson", "data/river_names.tsv"].map(read),
);
await writeFile(join(out, "ground.json"), JSON.stringify(ground(JSON.parse(atlas), JSON.parse(rivers), names)));
await writeFile(join(out, "NOTICE.txt"), await notice(here, Object.keys(result.metafile.inputs)));

// What a server sends to who takes it compressed.
for (const name of await readdir(out)) {
  const path = join(out, name);
  await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
}

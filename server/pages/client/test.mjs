// Bundles every test and hands them to Node's runner.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const files = (await readdir(join(here, "test"))).filter((name) => name.endsWith(".test.ts"));
if (!files.length) throw new Error("no tests in test/");
const out = await mkdtemp(join(tmpdir(), "lagebild-client-"));
await build({
  absWorkingDir: here, entryPoints: files.map((name) => join("test", name)), outdir: out, outExtension: { ".js": ".mjs" }, bundle: true,
  format: "esm", platform: "node", loader: { ".tsv": "text" }, logLevel: "warning",
});
const run = spawnSync(process.execPath, ["--test", ...files.map((name) => join(out, name.replace(/\.ts$/, ".mjs")))], { stdio: "inherit" });
await rm(out, { recursive: true });
process.exit(run.status ?? 1);

// Runs a TypeScript file of this project on plain Node: bundles it into build/ (unless that is up to date) and
// imports it.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { at, fingerprint, root } from "./prepare.mjs";

export { root };

const isCurrent = (bundleFile, noteFile) => {
  if (!existsSync(bundleFile) || !existsSync(noteFile)) return false;
  const { inputs, mark } = JSON.parse(readFileSync(noteFile, "utf8"));
  return mark === fingerprint(inputs);
};

export async function bundle(file) {
  const bundleFile = at("build", `${path.basename(file, ".ts")}.mjs`);
  const noteFile = `${bundleFile}.inputs.json`;
  if (isCurrent(bundleFile, noteFile)) return bundleFile;
  const { build, stop } = await import("esbuild");
  // Renamed when complete: another command may be reading the earlier one, or making the same.
  const draft = at("build", `${path.basename(file, ".ts")}.${process.pid}.mjs`);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [at(file)],
    outfile: draft,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: "inline",
    logLevel: "error",
    metafile: true,
  });
  // Otherwise its program would stay as long as this one.
  await stop();
  renameSync(draft, bundleFile);
  const inputs = [...Object.keys(metafile.inputs), "tsconfig.json"];
  writeFileSync(noteFile, JSON.stringify({ inputs, mark: fingerprint(inputs) }));
  return bundleFile;
}

export async function run(file) {
  process.chdir(root);
  process.setSourceMapsEnabled(true);
  return import(pathToFileURL(await bundle(file)).href);
}

/** Next reads these files too; who has set a variable by hand wins. */
export function loadDotEnv() {
  for (const name of [".env.local", ".env"]) {
    if (existsSync(at(name))) process.loadEnvFile(at(name));
  }
}

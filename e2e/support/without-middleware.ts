import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

type FunctionsConfig = { functions: Record<string, unknown> };

const notNeeded = new Set(["cache", "dev", "trace", "trace-build", "types", "diagnostics"]);

/**
 * A project folder whose build has no middleware: everything is the original by a link, only `.next` is a copy,
 * without the entry by which Next finds the middleware and without its code.
 */
export function copyWithoutMiddleware(root: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), "adyton-no-middleware-"));
  for (const name of readdirSync(root)) {
    if (!name.startsWith(".") && name !== "data" && name !== "middleware.ts")
      symlinkSync(path.join(root, name), path.join(copy, name));
  }
  const build = path.join(root, ".next");
  cpSync(build, path.join(copy, ".next"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !notNeeded.has(path.relative(build, source)),
  });
  const configFile = path.join(copy, ".next/server/functions-config-manifest.json");
  const config = JSON.parse(readFileSync(configFile, "utf8")) as FunctionsConfig;
  if (!("/_middleware" in config.functions))
    throw new Error("The build keeps its middleware somewhere else.");
  delete config.functions["/_middleware"];
  writeFileSync(configFile, JSON.stringify(config));
  for (const name of ["middleware", "middleware.js", "middleware.js.map", "middleware.js.nft.json"])
    rmSync(path.join(copy, ".next/server", name), { recursive: true, force: true });
  return copy;
}

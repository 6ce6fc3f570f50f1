import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/**
 * Runs the same lines in several processes of their own, all let loose at one moment, with the settings of this
 * one. `lines` are the body of an async function and may import from the project's root; what they return is
 * answered. For races that one process cannot have with itself.
 */
export async function inProcesses<T>(
  count: number,
  { imports, lines, env = {} }: { imports: string; lines: string; env?: Record<string, string> },
): Promise<T[]> {
  // Below node_modules, so that Node finds the packages that are not bundled.
  const place = path.resolve("node_modules/.adyton-test");
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(path.join(place, "run-"));
  const program = path.join(folder, "program.mjs");
  try {
    await build({
      stdin: {
        contents: `${imports}
          const work = async () => { ${lines} };
          process.stdin.once("data", async () => {
            const result = await work();
            process.stdout.write(JSON.stringify(result), () => process.exit(0));
          });
          process.stderr.write("ready");`,
        resolveDir: process.cwd(),
        loader: "ts",
      },
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    const children = Array.from({ length: count }, () =>
      spawn(process.execPath, [program], { env: { ...process.env, ...env, LOG_LEVEL: "silent" } }),
    );
    await Promise.all(children.map((child) => new Promise((ready) => child.stderr.once("data", ready))));
    return await Promise.all(children.map((child) => release<T>(child)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function release<T>(child: ReturnType<typeof spawn>): Promise<T> {
  return new Promise((resolve, reject) => {
    let output = "";
    let faults = "";
    child.stdout?.on("data", (data) => {
      output += data;
    });
    child.stderr?.on("data", (data) => {
      faults += data;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as T);
      else reject(new Error(`the process ended with ${code}: ${faults}`));
    });
    child.stdin?.write("go");
  });
}

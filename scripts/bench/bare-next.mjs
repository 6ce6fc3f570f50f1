import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { at, quietly } from "../prepare.mjs";
import { step } from "../steps.mjs";

const folder = at("build", "bare-next");
export const nextProgram = at("node_modules", "next", "dist", "bin", "next");

const files = {
  "app/plain/route.js": `export const dynamic = "force-dynamic";
export const GET = () => Response.json({ status: "ok" });
`,
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(at())} } };\n`,
  "package.json": "{}\n",
};

/** An app of Next with one route that only answers: no sign-in, no middleware, no log. Answers its folder. */
export async function buildBareNext() {
  if (existsSync(path.join(folder, ".next", "BUILD_ID"))) return folder;
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  await step("Building an empty Next app to compare with", () =>
    quietly(process.execPath, [nextProgram, "build", folder], {
      env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    }),
  );
  return folder;
}

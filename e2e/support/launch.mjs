// Starts a TypeScript entry of the app in the folder APP_DIR, the way `npm start` does after its checks.
// APP_DIR is the project itself, or a copy of its build from which something was taken out.
import { pathToFileURL } from "node:url";
import { bundle } from "../../scripts/run.mjs";
import { fail } from "../../scripts/steps.mjs";

const [file, entry] = process.argv.slice(2);
process.setSourceMapsEnabled(true);
try {
  const bundled = await bundle(file);
  process.chdir(process.env.APP_DIR);
  await (await import(pathToFileURL(bundled).href))[entry]();
} catch (error) {
  fail(error);
}

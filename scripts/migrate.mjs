// `npm run migrate -- name_of_the_change`: see migrate.ts.
import { prepareSources } from "./prepare.mjs";
import { run } from "./run.mjs";
import { fail } from "./steps.mjs";

try {
  await prepareSources();
  await run("scripts/migrate.ts");
} catch (error) {
  fail(error);
}

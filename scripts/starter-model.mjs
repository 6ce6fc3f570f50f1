// `npm run starter-model`: see starter-model/write.ts.
import { prepareSources } from "./prepare.mjs";
import { run } from "./run.mjs";
import { fail } from "./steps.mjs";

try {
  await prepareSources();
  const { writeStarterModel } = await run("scripts/starter-model/write.ts");
  writeStarterModel();
} catch (error) {
  fail(error);
}

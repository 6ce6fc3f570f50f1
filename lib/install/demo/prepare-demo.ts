import { type Installation, openInstall } from "../commands";
import { assertDemoMayRun, clearDemo } from "./open-place";
import { seedDemo } from "./seed";

/** In place of `prepareInstall`: nothing is left of the last start. */
export async function prepareDemo(): Promise<Installation> {
  assertDemoMayRun();
  clearDemo();
  await openInstall();
  await seedDemo();
  // Of a database that is new each time nobody wants to hear which migrations made it.
  return { migrations: [], admin: null, keySecret: null };
}

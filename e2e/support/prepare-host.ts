import { closeDatabase } from "../../lib/infra/db/client";
import { prepareInstall } from "../../lib/install/commands";

/** For hosts that do not prepare the database themselves: `next start` and `next dev`. */
export async function prepare(): Promise<void> {
  await prepareInstall();
  await closeDatabase();
}

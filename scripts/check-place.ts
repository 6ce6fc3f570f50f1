import { env } from "../lib/infra/env";
import { assertPortIsFree } from "../lib/infra/port";
import { prepareDataDir } from "../lib/infra/secrets";

/** Everything that can be wrong with the settings and the place, asked before anything is made. */
export async function checkPlace(): Promise<void> {
  const { dataDir, port, host } = env();
  await assertPortIsFree(port, host);
  prepareDataDir(dataDir);
}

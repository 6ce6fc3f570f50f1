import { rmSync } from "node:fs";

/** After all tests of a run; the folder holds live-looking secrets, and nobody asks for it any more. */
export function teardown(): void {
  const folder = process.env.ADYTON_EVIDENCE;
  if (folder) rmSync(folder, { recursive: true, force: true });
}

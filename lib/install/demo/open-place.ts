import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env, SetupError } from "../../infra/env";

const loopbackNames = ["localhost", "127.0.0.1", "::1", "[::1]"];
const markFile = "made-up.txt";

/** A demo beside real data would be taken for it; one that strangers reach shows them its passwords. */
export function assertDemoMayRun(): void {
  const { isDemo, isDemoPublic, dataDir, host, baseUrl } = env();
  if (!isDemo) return;
  const folder = path.dirname(dataDir);
  if (["adyton.db", "secrets.json"].some((name) => existsSync(path.join(folder, name))))
    throw new SetupError(
      `DEMO_MODE does not run beside real data, and ${folder} has some. Set DATA_DIR to another folder, or leave DEMO_MODE out.`,
    );
  if (existsSync(dataDir) && !existsSync(path.join(dataDir, markFile)))
    throw new SetupError(
      `The folder ${dataDir} was not made by a demo, which would remove it. Rename it, or set DATA_DIR to another folder.`,
    );
  const isReachable = !loopbackNames.includes(host) || !loopbackNames.includes(new URL(baseUrl).hostname);
  if (isReachable && !isDemoPublic)
    throw new SetupError(
      "DEMO_MODE shows its passwords to everybody, and others can reach this address. Set DEMO_MODE_PUBLIC=true if that is what you want, or leave HOST and BASE_URL out.",
    );
}

/** Nothing of the last demo is left. */
export function clearDemo(): void {
  const { dataDir } = env();
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(
    path.join(dataDir, markFile),
    "Everything in this folder is made up. The next start of the demo removes it.\n",
  );
}

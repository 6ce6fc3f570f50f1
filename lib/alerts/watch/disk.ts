import { statfs } from "node:fs/promises";
import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { env } from "../../infra/env";
import { raiseAlert } from "../commands/raise-alert";
import { hourName } from "./is-news";

type Space = { bavail: number; blocks: number; bsize: number };

/** Where everything is kept: told once a day for as long as it lasts. */
export async function lookAtDisk(
  leastPercent: number,
  spaceOf: (folder: string) => Promise<Space> = statfs,
): Promise<void> {
  const { dataDir } = env();
  const { bavail, blocks, bsize } = await spaceOf(dataDir);
  if (blocks === 0 || bavail * 100 >= leastPercent * blocks) return;
  const since = new Date(now().getTime() - dayMs);
  if (await db().alert.findFirst({ where: { kind: "disk.nearly_full", createdAt: { gt: since } } })) return;
  await raiseAlert({
    key: `disk.nearly_full:${hourName()}`,
    userId: null,
    kind: "disk.nearly_full",
    level: "danger",
    facts: {
      folder: dataDir,
      freePercent: Math.floor((bavail / blocks) * 100),
      freeBytes: bavail * bsize,
    },
    object: { type: "install", id: null },
  });
}

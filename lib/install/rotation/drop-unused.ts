import { dayMs, hourMs } from "../../core/time";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { changeSecrets, readSecrets, type SecretName, type SecretVersion } from "../../infra/secret-file";
import { lockSecrets } from "../../infra/secrets-lock";
import { sessionMsMax } from "../../settings/schema";
import { type HashPlace, hashPlaces } from "./places";

/** An earlier version that is not dropped, and the reason in words. */
export type KeptVersion = { name: SecretName; id: number; why: string };

/** What is remembered for a while without a count: attempts (2 days), answers to repeated calls, messages. */
const digestKeptMs = 7 * dayMs;
/** What was being written while the next version took over is in place by then, and counted. */
const settledMs = hourMs;

const keptMs: Record<Exclude<SecretName, "audit">, number> = {
  cookie: sessionMsMax,
  pepper: settledMs,
  digest: digestKeptMs,
  encryption: settledMs,
};

/** Which earlier versions something still needs, and why. */
export async function listKeptVersions(): Promise<KeptVersion[]> {
  const kept: KeptVersion[] = [];
  const secrets = readSecrets();
  for (const name of ["cookie", "pepper", "digest", "encryption", "audit"] as const)
    for (const version of secrets[name]) {
      if (version.state !== "kept") continue;
      const why = await whyKept(name, version);
      if (why !== null) kept.push({ name, id: version.id, why });
    }
  return kept;
}

async function whyKept(name: SecretName, { id, replaced_at }: SecretVersion): Promise<string | null> {
  if (name === "audit") return "earlier events of the audit log are checked with it; it is kept for ever";
  const end = new Date((replaced_at ? Date.parse(replaced_at) : now().getTime()) + keptMs[name]);
  if (name === "cookie")
    return end > now() ? `browsers may be signed in by it until ${end.toISOString().slice(0, 10)}` : null;
  for (const place of hashPlaces[name]) {
    const count = await countMadeWith(place, id);
    if (count > 0) return `${count} ${place.words[count === 1 ? 0 : 1]}`;
  }
  return end > now()
    ? `until ${end.toISOString().slice(0, 16).replace("T", " ")} UTC, to be on the safe side`
    : null;
}

async function countMadeWith({ table, column, live }: HashPlace, id: number): Promise<number> {
  const isThisOne =
    id === 1 ? Prisma.sql`${column} NOT LIKE 'v%:%'` : Prisma.sql`${column} LIKE ${`v${id}:%`}`;
  const [row] = await db().$queryRaw<{ count: bigint | number }[]>`
    SELECT COUNT(*) AS count FROM ${table} WHERE ${isThisOne} AND ${live(now())}`;
  return Number(row?.count ?? 0);
}

/** Forgets earlier versions that nothing needs any more. For who holds the lock. */
export async function dropUnused(): Promise<{
  dropped: { name: SecretName; id: number }[];
  kept: KeptVersion[];
}> {
  const kept = await listKeptVersions();
  const isKept = (name: SecretName, { id, state }: SecretVersion) =>
    state !== "kept" || kept.some((one) => one.name === name && one.id === id);
  const secrets = readSecrets();
  const names = ["cookie", "pepper", "digest", "encryption"] as const;
  const dropped = names.flatMap((name) =>
    secrets[name].filter((version) => !isKept(name, version)).map(({ id }) => ({ name, id })),
  );
  if (dropped.length > 0)
    changeSecrets((file) => {
      for (const name of names)
        file[name] = file[name].filter(
          ({ id }) => !dropped.some((one) => one.name === name && one.id === id),
        );
    });
  return { dropped, kept };
}

/** Every hour by itself. While somebody rotates right now, the command does it. */
export async function dropUnusedSecrets(): Promise<void> {
  const secrets = readSecrets();
  const isAny = (["cookie", "pepper", "digest", "encryption"] as const).some((name) =>
    secrets[name].some(({ state }) => state === "kept"),
  );
  if (!isAny || secrets.rotation) return;
  const release = lockSecrets();
  try {
    await dropUnused();
  } finally {
    release();
  }
}

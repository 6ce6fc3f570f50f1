import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { prepareDatabase } from "../infra/db/migrate";
import { env, SetupError } from "../infra/env";
import { isSame, mac, macCandidates, prepareDataDir } from "../infra/secrets";
import { createFirstKey } from "../keys/commands/create-first-key";
import { installStarterModel } from "../models/commands/install-starter";
import { createFirstAdmin, type NewAdmin } from "../users/commands/install-admin";

/** `keySecret`: of the first account's first API key. Both are handed out here and never again. */
export type Installation = { migrations: string[]; admin: NewAdmin | null; keySecret: string | null };

/** Brings folder, database and secrets into the state this version needs; quick when there is nothing to do. */
export async function openInstall(): Promise<{ migrations: string[] }> {
  prepareDataDir(env().dataDir);
  const { applied } = await prepareDatabase();
  await checkSecrets();
  return { migrations: applied };
}

/** Everything that has to be true before the first request. */
export async function prepareInstall(): Promise<Installation> {
  const { migrations } = await openInstall();
  const admin = await createFirstAdmin(env().adminEmail.toLowerCase(), env().adminPassword);
  const keySecret = admin && (await createFirstKey(admin.id)).secret;
  // Not only together with the first account: a kill in between must not leave an install without its model.
  await installStarterModel();
  return { migrations, admin, keySecret };
}

const checkKey = "install.secrets";

/** A database opened with another install's secrets would refuse every password without saying why. */
async function checkSecrets(): Promise<void> {
  const mark = mac("pepper", "adyton");
  const stored = await db().setting.findUnique({ where: { key: checkKey } });
  const marks = macCandidates("pepper", "adyton");
  if (stored && !marks.some((one) => isSame(stored.value, one))) {
    throw new SetupError(
      `The secrets in ${env().dataDir} belong to another database. Put the secrets.json back that was backed up together with this one.`,
    );
  }
  if (!stored) await db().setting.create({ data: { key: checkKey, value: mark, updatedAt: now() } });
}

/** After the pepper was rotated: the version that the mark was made with is not needed for it any more. */
export const markSecrets = () =>
  db().setting.update({
    where: { key: checkKey },
    data: { value: mac("pepper", "adyton"), updatedAt: now() },
  });

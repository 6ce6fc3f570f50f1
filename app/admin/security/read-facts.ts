import type { SessionActor } from "@/lib/core/actor";
import { now } from "@/lib/infra/clock";
import { describeInstall, readSafety } from "@/lib/install/queries";
import { countAllKeys, countOldKeys } from "@/lib/keys/queries";
import { listUnlimitedPlans } from "@/lib/plans/queries";
import { readSettings } from "@/lib/settings/queries";
import { listActiveAdmins } from "@/lib/users/queries";

/** All that the checklist goes by, read at once. */
export async function readFacts(actor: SessionActor) {
  const [settings, safety, admins, unused, leaked, old, unlimited] = await Promise.all([
    readSettings(),
    readSafety(actor),
    listActiveAdmins(actor),
    countAllKeys(actor, { state: "live", used: "unused_90d" }),
    countAllKeys(actor, { state: "frozen" }),
    countOldKeys(actor),
    listUnlimitedPlans(actor),
  ]);
  const { adminsWithFactor, ...rest } = safety;
  return {
    ...rest,
    install: describeInstall(actor),
    settings,
    admins: admins.map(({ id, email, isPasswordGenerated }) => ({
      id,
      email,
      isPasswordGenerated,
      hasFactor: adminsWithFactor.includes(id),
    })),
    keys: { unused, leaked, old },
    unlimited,
    selfId: actor.user.id,
    now: now(),
  };
}

export type SecurityFacts = Awaited<ReturnType<typeof readFacts>>;

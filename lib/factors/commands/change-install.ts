import type { RecordEvent } from "../../audit/commands/audited";
import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { announceChange } from "../../infra/bus";
import { now } from "../../infra/clock";
import type { Prisma, Transaction } from "../../infra/db/client";
import { changeSettings } from "../../settings/commands";
import type { Settings, SettingsChange } from "../../settings/schema";
import { factorsOf, withoutFactor } from "../queries";

/** Changes settings. Where a second factor is asked for from now on, nobody stays signed in without one. */
export async function changeInstall(actor: UserActor, change: SettingsChange): Promise<Settings> {
  let signedOut: string[] = [];
  const settings = await changeSettings(actor, change, async (transaction, record, { before, after }) => {
    for (const role of newlyAsked(before, after)) {
      if (role === actor.user.role) await requireOwnFactor(transaction, actor);
      signedOut = [...signedOut, ...(await endWithoutFactor(transaction, record, role))];
    }
  });
  // One event stands for all of these sessions, so it cannot tell the other processes whose they were.
  announceChange(signedOut);
  return settings;
}

const newlyAsked = (before: Settings, after: Settings): string[] => [
  ...(after.second_factor_admins && !before.second_factor_admins ? ["admin"] : []),
  ...(after.second_factor_members && !before.second_factor_members ? ["member"] : []),
];

/** An administrator who locks everybody out would be among them. */
async function requireOwnFactor(transaction: Transaction, actor: UserActor): Promise<void> {
  const { hasAny } = await factorsOf(actor.user.id, transaction);
  if (!hasAny) throw new AppError("settings.own_factor_first");
}

/** Browsers and programs that signed in with a password; API keys are a program's own and stay. */
async function endWithoutFactor(
  transaction: Transaction,
  record: RecordEvent,
  role: string,
): Promise<string[]> {
  const where: Prisma.SessionWhereInput = {
    endedAt: null,
    kind: { in: ["browser", "api"] },
    user: { role, ...withoutFactor },
  };
  const open = await transaction.session.findMany({
    where,
    distinct: ["userId"],
    select: { userId: true },
  });
  if (open.length === 0) return [];
  const ended = await transaction.session.updateMany({
    where,
    data: { endedAt: now(), endedReason: "second_factor_missing" },
  });
  record({
    action: "session.ended",
    object: { type: "settings", id: null, label: `everybody with the role ${role} and no second factor` },
    detail: { reason: "second_factor_missing", role, sessions: ended.count },
  });
  return open.map(({ userId }) => userId);
}

import { audited } from "../../audit/commands/audited";
import { actorName, requireAdmin, type UserActor } from "../../core/actor";
import { AppError, invalid } from "../../core/errors";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import type { Prisma } from "../../infra/db/client";
import { getUser } from "../../users/queries";
import { dayOf, monthOf } from "../domain";
import type { GrantBody } from "../schema";

export type Grant = Prisma.UsageGrantGetPayload<object>;

/** Extra units for one month, on top of the plan's quota. They count for the next call. */
export async function grantUnits(
  actor: UserActor,
  userId: string,
  { units, month: asked, note }: GrantBody,
): Promise<Grant> {
  requireAdmin(actor);
  const at = now();
  const thisMonth = monthOf(at.getTime());
  const month = asked ?? thisMonth;
  if (month < thisMonth)
    throw invalid("/month", "That month is over.", `Write ${thisMonth} or a later month.`);
  return audited(actor, async (transaction, record) => {
    const user = await getUser(actor, userId, transaction);
    if (user.deletedAt) throw new AppError("user.not_active");
    const grant = await transaction.usageGrant.create({
      data: {
        ...{ id: newId("grn"), userId, month, units, note: note ?? "" },
        ...{ createdAt: at, createdByLabel: actorName(actor) },
      },
    });
    // A call that makes the row at the same moment adds all grants up as well, and leaves them alone afterwards.
    await transaction.$executeRaw`
      INSERT INTO usage_accounts (user_id, month, units_used, units_reserved, units_granted, cost_used, cost_reserved,
        day, day_cost_used, day_cost_reserved)
      SELECT ${userId}, ${month}, 0, 0, sum(units), 0, 0, ${dayOf(at.getTime())}, 0, 0
      FROM usage_grants WHERE user_id = ${userId} AND month = ${month}
      ON CONFLICT (user_id, month) DO UPDATE SET units_granted = excluded.units_granted`;
    record({
      action: "user.units_granted",
      object: { type: "user", id: userId, label: user.email },
      detail: { units, month, ...(note ? { note } : {}) },
    });
    return grant;
  });
}

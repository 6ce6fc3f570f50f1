import { type Actor, requireAdmin } from "../../core/actor";
import { db } from "../../infra/db/client";
import { getUser } from "../../users/queries";
import type { Grant } from "../commands/grant-units";

/** More than anybody gets by hand; older ones are in the audit log. */
const shownMax = 200;

/** The extra units of a user, newest first. */
export async function listGrants(actor: Actor, userId: string): Promise<Grant[]> {
  requireAdmin(actor);
  const user = await getUser(actor, userId);
  return db().usageGrant.findMany({
    where: { userId: user.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: shownMax,
  });
}

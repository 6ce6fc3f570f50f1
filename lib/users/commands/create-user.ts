import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import { AppError } from "../../core/errors";
import type { Transaction } from "../../infra/db/client";
import { isUniqueViolation } from "../../infra/db/errors";
import { readSettings } from "../../settings/queries";
import { createLink, type NewLink } from "../links";
import { findUserByEmail, type User } from "../queries";
import type { CreateUser } from "../schema";
import { insertUser } from "./insert-user";
import { mailLink } from "./mail-link";

/** Makes an account without a password, and the link with which its owner chooses one. */
export async function createUser(actor: Actor, input: CreateUser): Promise<{ user: User; link: NewLink }> {
  requireAdmin(actor);
  try {
    return await audited(actor, async (transaction, record) => {
      await assertEmailIsFree(transaction, input.email);
      await assertPlanExists(transaction, input.plan);
      const { email, name, role, plan: planId } = input;
      const user = await insertUser(transaction, { email, name, role, planId });
      const { invitation_hours } = await readSettings(transaction);
      const link = await createLink(transaction, user.id, "invitation", invitation_hours);
      if (input.send_mail) await mailLink(transaction, "invitation", { actor, userId: user.id, link });
      const detail = { name: user.name, role: user.role, plan: user.planId };
      record({ action: "user.created", object: { type: "user", id: user.id, label: user.email }, detail });
      return { user, link };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("user.email_taken");
    throw error;
  }
}

async function assertEmailIsFree(transaction: Transaction, email: string): Promise<void> {
  const holder = await findUserByEmail(email, transaction);
  if (holder) throw new AppError(holder.deletedAt ? "user.email_taken_by_deleted" : "user.email_taken");
}

export async function assertPlanExists(transaction: Transaction, plan: string): Promise<void> {
  if (await transaction.plan.findUnique({ where: { id: plan } })) return;
  const plans = await transaction.plan.findMany({ orderBy: { id: "asc" } });
  throw new AppError("plan.not_found", {
    detail: `There is no plan called "${plan}".`,
    faults: [
      {
        pointer: "/plan",
        message: "There is no such plan.",
        fix: `One of: ${plans.map(({ id }) => id).join(", ")}.`,
      },
    ],
  });
}

import { audited } from "../audit/commands/audited";
import { requireAdmin, type UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { now } from "../infra/clock";
import type { Transaction } from "../infra/db/client";
import { flatTerms, openTerms, type PlanTexts, planData } from "./domain";
import { getPlan } from "./queries";
import { type ChangePlan, type CreatePlan, defaultPlan } from "./schema";
import { planView } from "./view";

/** What of a plan can be changed; it counts for the very next call of everybody on it. */
export async function changePlan(actor: UserActor, id: string, change: ChangePlan) {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const plan = await getPlan(actor, id, transaction);
    const view = planView(plan);
    const texts = withChanges(view, change);
    const [before, after] = [flatTerms(view), flatTerms(texts)];
    const members = Object.keys(before) as (keyof typeof before)[];
    const edits = members.filter((member) => before[member] !== after[member]);
    if (edits.length === 0) return plan;
    record({
      action: "plan.changed",
      object: { type: "plan", id, label: texts.name },
      detail: Object.fromEntries(
        edits.map((member) => [member, { before: before[member], after: after[member] }]),
      ),
    });
    await transaction.plan.update({ where: { id }, data: planData(texts) });
    return getPlan(actor, id, transaction);
  });
}

export async function createPlan(actor: UserActor, { id, ...input }: CreatePlan) {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    if (await transaction.plan.findUnique({ where: { id } })) throw new AppError("plan.id_taken");
    const { name, description } = input;
    const texts = withChanges({ name, description, ...openTerms }, input);
    await transaction.plan.create({ data: { id, ...planData(texts), createdAt: now() } });
    record({ action: "plan.created", object: { type: "plan", id, label: name }, detail: flatTerms(texts) });
    return getPlan(actor, id, transaction);
  });
}

/** Only a plan that nobody has, not even a deleted account, which somebody may restore. */
export async function deletePlan(actor: UserActor, id: string): Promise<void> {
  requireAdmin(actor);
  await audited(actor, async (transaction, record) => {
    const { name } = await getPlan(actor, id, transaction);
    await assertUnused(transaction, id);
    await transaction.plan.delete({ where: { id } });
    record({ action: "plan.deleted", object: { type: "plan", id, label: name } });
  });
}

async function assertUnused(transaction: Transaction, id: string): Promise<void> {
  if (id === defaultPlan) throw new AppError("plan.in_use", { detail: "New accounts begin on this plan." });
  const users = await transaction.user.count({ where: { planId: id } });
  if (users > 0)
    throw new AppError("plan.in_use", {
      detail: `${users === 1 ? "One account is" : `${users} accounts are`} on it, deleted accounts included.`,
    });
  // A plan of the same id, made later, would be let in again.
  const named = await transaction.model.findMany({
    where: { deletedAt: null, access: "plans", accessIds: { contains: id } },
    select: { name: true, accessIds: true },
  });
  const model = named.find(({ accessIds }) => accessIds.split(" ").includes(id));
  if (model)
    throw new AppError("plan.in_use", {
      detail: `The model ${model.name} is for people on it. Change who may use the model first.`,
    });
}

const withChanges = (before: PlanTexts, change: ChangePlan): PlanTexts => ({
  name: change.name ?? before.name,
  description: change.description ?? before.description,
  limits: { ...before.limits, ...given(change.limits ?? {}) },
  quota: { ...before.quota, ...given(change.quota ?? {}) },
  prices: { ...before.prices, ...given(change.prices ?? {}) },
});

type Given<T> = { [name in keyof T]?: Exclude<T[name], undefined> };

/** Without the members that are there but undefined: they would overwrite. */
const given = <T extends object>(change: T): Given<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;

import { audited } from "../audit/commands/audited";
import { requireAdmin, type UserActor } from "../core/actor";
import { getPlan } from "./queries";
import type { ChangePlan } from "./schema";
import { limitsView } from "./view";

/** What of a plan can be changed; limits count for the very next call of everybody on it. */
export async function changePlan(actor: UserActor, id: string, change: ChangePlan) {
  requireAdmin(actor);
  return audited(actor, async (transaction, record) => {
    const plan = await getPlan(actor, id, transaction);
    const { limits, ...texts } = change;
    const before = { name: plan.name, description: plan.description, ...limitsView(plan) };
    const after = { ...before, ...given(texts), ...given(limits ?? {}) };
    const members = Object.keys(before) as (keyof typeof before)[];
    const edits = members.filter((member) => before[member] !== after[member]);
    if (edits.length === 0) return plan;
    record({
      action: "plan.changed",
      object: { type: "plan", id, label: after.name },
      detail: Object.fromEntries(
        edits.map((member) => [member, { before: before[member], after: after[member] }]),
      ),
    });
    const { name, description, per_minute: perMinute, per_hour: perHour, concurrency } = after;
    const data = { name, description, perMinute, perHour, concurrency };
    await transaction.plan.update({ where: { id }, data });
    return getPlan(actor, id, transaction);
  });
}

type Given<T> = { [name in keyof T]?: Exclude<T[name], undefined> };

/** Without the members that are there but undefined: they would overwrite. */
const given = <T extends object>(change: T): Given<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;

import { type Actor, requireAdmin, type UserActor } from "../../core/actor";
import { env } from "../../infra/env";
import { dayOf, type Grain, grainStart } from "../domain";
import type { AdminUsageQuery, AdminUsageView, UsageQuery, UsageView } from "../schema";
import { numbersView, ownersNumbersView } from "../view";
import { addUp, type By, type Group, readErrors, readGroups, readTotal, type Whose } from "./read-sums";
import { partsOf, type Range, rangeOf, requireKept, startsIn } from "./report-range";
import { seeLastCalls } from "./see-last-calls";

/** Nobody reads a longer ranking; a table that somebody works with may be longer. */
const shownMax = 100;
export const tableRowsMax = 10_000;
const ownGroupsMax = 1_000;

/** One's own numbers, whichever credential asks; a key sees those of its owner. */
export async function usageReport(actor: UserActor, query: UsageQuery): Promise<UsageView> {
  const range = rangeOf(query);
  await seeLastCalls();
  const whose = { userId: actor.user.id, keyId: keyOf(query.key), model: query.model };
  const { total, groups, errors } = await report(whose, query.group_by, range, ownGroupsMax);
  return {
    ...header(range, query.group_by),
    total: numbersView(total),
    items: groups.map(({ sums, ...group }) => ({ ...group, ...numbersView(sums) })),
    errors,
  };
}

/** Everybody's numbers, with what they cost the owner. Of users and keys so many, those with the most calls. */
export async function adminUsageReport(
  actor: Actor,
  query: AdminUsageQuery,
  groupsMax = shownMax,
): Promise<AdminUsageView> {
  requireAdmin(actor);
  const range = rangeOf(query);
  await seeLastCalls();
  const whose = { userId: query.user, keyId: keyOf(query.key), model: query.model };
  const { total, groups, errors } = await report(whose, query.group_by, range, groupsMax);
  return {
    ...header(range, query.group_by),
    total: ownersNumbersView(total),
    items: groups.map(({ sums, ...group }) => ({ ...group, ...ownersNumbersView(sums) })),
    errors,
  };
}

/** `key=none` asks for calls without a key: by people, and by programs that signed in. */
const keyOf = (key: string | undefined): string | undefined => (key === "none" ? "" : key);

const header = ({ from, to }: Range, group_by: string) => ({
  from: from === grainStart("day", from) ? dayOf(from) : new Date(from).toISOString(),
  to: dayOf(to - 1),
  group_by,
  currency: env().currency,
});

const isTime = (group: AdminUsageQuery["group_by"]): group is Grain =>
  group === "hour" || group === "day" || group === "month";

async function report(whose: Whose, groupBy: AdminUsageQuery["group_by"], range: Range, groupsMax: number) {
  const parts = partsOf(range, isTime(groupBy) ? groupBy : "month");
  await requireKept(parts);
  const by: By = isTime(groupBy) ? "time" : groupBy;
  const [found, errors] = await Promise.all([
    readGroups(whose, by, parts, groupsMax),
    readErrors(whose, parts),
  ]);
  const isComplete = by === "time" || found.length < groupsMax;
  const total = isComplete ? addUp(found.map(({ sums }) => sums)) : await readTotal(whose, parts);
  const groups = isTime(groupBy) ? overTime(found, range, groupBy) : found.map(named);
  return { total, groups, errors };
}

const named = ({ name, label, sums }: Group) => ({
  group: name || "none",
  label: label || (name ? name : "Without a key"),
  sums,
});

/** Every hour, day or month of the range, also those without a call. */
function overTime(found: readonly Group[], range: Range, grain: Grain) {
  const byStart = new Map<number, Group["sums"][]>();
  for (const { at, sums } of found) {
    const start = grainStart(grain, at);
    byStart.set(start, [...(byStart.get(start) ?? []), sums]);
  }
  return [...startsIn(range, grain)].map((at) => ({
    group: new Date(at).toISOString(),
    label: labelOf[grain](new Date(at).toISOString()),
    sums: addUp(byStart.get(at) ?? []),
  }));
}

const labelOf = {
  hour: (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`,
  day: (iso: string) => iso.slice(0, 10),
  month: (iso: string) => iso.slice(0, 7),
};

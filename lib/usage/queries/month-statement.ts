import { type Actor, requireAdmin, type UserActor } from "../../core/actor";
import { invalid } from "../../core/errors";
import { asMoney } from "../../core/money";
import { nowMs } from "../../infra/clock";
import { readAside } from "../../infra/db/aside";
import { db } from "../../infra/db/client";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { env } from "../../infra/env";
import { currentPlan } from "../../plans/queries";
import { getUser } from "../../users/queries";
import { grains, monthOf, monthStart } from "../domain";
import type { StatementView } from "../schema";
import { seeLastCalls } from "./see-last-calls";

type Person = { id: string; name: string; email: string; planId: string };

/** What one's month cost, by model and key. */
export const monthStatement = (actor: UserActor, month: string): Promise<StatementView> =>
  statement(actor.user, month);

/** The same of somebody else, for administrators. */
export async function statementOf(actor: Actor, userId: string, month: string): Promise<StatementView> {
  requireAdmin(actor);
  return statement(await getUser(actor, userId), month);
}

async function statement({ id, name, email, planId }: Person, month: string): Promise<StatementView> {
  const now = nowMs();
  if (!(monthStart(month) >= Date.UTC(2000, 0, 1)) || month > monthOf(now))
    throw invalid(
      "/month",
      "There is no statement of this month.",
      `Write ${monthOf(now)} or an earlier month.`,
    );
  await seeLastCalls();
  const [lines, account] = await Promise.all([
    readLines(id, month),
    db().usageAccount.findUnique({ where: { userId_month: { userId: id, month } } }),
  ]);
  const isOpen = month === monthOf(now);
  const sum = (column: "calls" | "units" | "cost") => lines.reduce((total, line) => total + line[column], 0);
  return {
    month,
    is_open: isOpen,
    currency: env().currency,
    user: { id, name, email, plan: planId },
    units_included: isOpen ? (await currentPlan(planId)).bounds.unitsPerMonth : orNull(account?.unitsLimit),
    units_granted: Number(account?.unitsGranted ?? 0),
    lines: lines.map((line) => ({ ...line, cost: asMoney(line.cost) })),
    total: { calls: sum("calls"), units: sum("units"), cost: asMoney(sum("cost")) },
  };
}

const orNull = (value: bigint | null | undefined): number | null => (value == null ? null : Number(value));

/** The counters of months are kept for good, also those of keys that were revoked. */
async function readLines(userId: string, month: string) {
  const rows = await readAside(Prisma.sql`
    SELECT m.name AS model, k.name AS key_name, s.key_id, c.calls, c.rows, c.units, c.tokens, c.cost
    FROM usage_subjects s CROSS JOIN usage_counters c
      LEFT JOIN models m ON m.id = s.model_id LEFT JOIN api_keys k ON k.id = s.key_id
    WHERE s.user_id = ${userId} AND c.subject = s.number AND c.grain = ${grains.month}
      AND c.at = CAST(${monthStart(month)} AS BIGINT)
    ORDER BY m.name, k.name, s.key_id`);
  return rows.map((row) => ({
    model: String(row.model),
    key: row.key_id === "" ? null : String(row.key_name ?? row.key_id),
    calls: Number(row.calls),
    rows: Number(row.rows),
    units: Number(row.units),
    tokens: Number(row.tokens),
    cost: Number(row.cost),
  }));
}

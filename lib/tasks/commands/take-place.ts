import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { type Bounds, isBounded } from "../../core/money";
import { nowMs } from "../../infra/clock";
import { readAside, type Statement } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { env } from "../../infra/env";
import { type Amount, dayOf, type Hold, monthOf } from "../../usage/domain";

const unfinished = (userId: string) =>
  Prisma.sql`SELECT count(*) FROM tasks WHERE user_id = ${userId} AND state IN ('queued', 'running', 'cancelling')`;

/** One more task of a user that is not over, if there may be one: parallel requests come one after the other. */
export const requirePlace = (userId: string, max: number): Statement[] => [
  ...(env().database === "sqlite" ? [] : [oneAfterTheOther(userId)]),
  { sql: Prisma.sql`SELECT 1 AS place WHERE (${unfinished(userId)}) < ${max}`, isRequired: true },
];

/** Until the transaction ends. SQLite has one writer anyway. */
const oneAfterTheOther = (userId: string): Statement => ({
  sql: Prisma.sql`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext(CAST(${`tasks ${userId}`} AS text)))`,
});

/** The refusal, when there is no place. */
export async function tooMany(userId: string, max: number): Promise<AppError | null> {
  const [row] = await readAside(Prisma.sql`SELECT (${unfinished(userId)}) AS tasks`);
  if (Number(row?.tasks) < max) return null;
  return new AppError("task.too_many", {
    detail: `You have ${row?.tasks} tasks that are not over, and ${max} are allowed.`,
  });
}

/** What all rows of a task may cost, to be held until it is over; null where nothing bounds its user. */
export function holdFor(userId: string, bounds: Bounds, ask: Amount): Hold | null {
  if (!isBounded(bounds)) return null;
  const at = nowMs();
  return { id: newId("rsv"), userId, month: monthOf(at), day: dayOf(at), ...ask };
}

import type { Statement } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";

/** A piece that somebody works on: the claim is theirs alone. */
export type Claim = { taskId: string; number: number; claim: string };

export const mine = ({ taskId, number, claim }: Claim): Prisma.Sql =>
  Prisma.sql`task_id = ${taskId} AND number = ${number} AND claim = ${claim} AND state = 'running'`;

/**
 * Whatever moves a task or one of its pieces begins with this: on Postgres too such changes of a task come one after
 * the other, and what a later statement reads is the truth.
 */
export const lockTask = (taskId: string): Statement => ({
  sql: Prisma.sql`UPDATE tasks SET id = id WHERE id = ${taskId} RETURNING id`,
  isRequired: true,
});

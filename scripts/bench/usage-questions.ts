import { statSync } from "node:fs";
import type { SessionActor } from "../../lib/core/actor";
import { dayMs } from "../../lib/core/time";
import { now } from "../../lib/infra/clock";
import { closeDatabase, db } from "../../lib/infra/db/client";
import { prepareDatabase } from "../../lib/infra/db/migrate";
import { env } from "../../lib/infra/env";
import { startPostgres } from "../../lib/testing/postgres";
import { type Filled, fillUsage } from "../../lib/testing/usage";
import { dayOf, monthOf } from "../../lib/usage/domain";
import { listAllCalls, listCalls } from "../../lib/usage/queries/list-calls";
import { statementOf } from "../../lib/usage/queries/month-statement";
import { adminUsageReport, usageReport } from "../../lib/usage/queries/usage-report";
import { adminCallsQuery, adminUsageQuery, callsQuery, usageQuery } from "../../lib/usage/schema";

export { closeDatabase, prepareDatabase, startPostgres };

/** Of the whole database, what waits in the log of SQLite included. */
export async function databaseBytes(): Promise<number> {
  if (env().database === "postgres") {
    await db().$executeRaw`VACUUM ANALYZE`;
    const [row] = await db().$queryRaw<
      { bytes: bigint }[]
    >`SELECT pg_database_size(current_database()) AS bytes`;
    return Number(row?.bytes);
  }
  const file = env().databaseUrl.slice("file:".length);
  await closeDatabase();
  return statSync(file).size;
}

export const fill = (amounts: Parameters<typeof fillUsage>[0]): Promise<Filled> => fillUsage(amounts);

/** Of SQLite: what each table and index takes, the largest first. */
export async function bytesByTable(): Promise<{ name: string; bytes: number }[]> {
  const rows =
    env().database === "postgres"
      ? await db().$queryRaw<{ name: string; bytes: bigint }[]>`
          SELECT relname AS name, pg_relation_size(oid) AS bytes FROM pg_class
          WHERE relname LIKE 'usage%' ORDER BY 2 DESC`
      : await db().$queryRaw<{ name: string; bytes: bigint }[]>`
          SELECT name, sum(pgsize) AS bytes FROM dbstat WHERE name LIKE '%usage%' GROUP BY name ORDER BY 2 DESC`;
  return rows.map(({ name, bytes }) => ({ name, bytes: Number(bytes) }));
}

const actorOf = async (id: string, role: string): Promise<SessionActor> => ({
  kind: "session",
  origin: { requestId: "req_bench", address: "127.0.0.1", userAgent: "bench" },
  sessionId: "ses_bench",
  user: { ...(await db().user.findUniqueOrThrow({ where: { id } })), role },
});

type Question = { name: string; ask: () => Promise<unknown> };

/** What the pages of usage ask, for the busiest user there is. */
export async function questions({ users, keys, models }: Filled): Promise<Question[]> {
  const [user = ""] = users;
  const [key = ""] = keys;
  const model = models[0]?.name ?? "";
  const member = await actorOf(user, "member");
  const admin = await actorOf(user, "admin");
  const today = now().getTime();
  const daysAgo = (days: number) => dayOf(today - days * dayMs);
  const ranges = { "30 days": { from: daysAgo(29) }, "90 days": { from: daysAgo(89) } };
  const list: Question[] = [];
  const add = (name: string, ask: () => Promise<unknown>) => list.push({ name, ask });
  const day = { from: new Date(today - 23 * 3_600_000).toISOString(), group_by: "hour" };
  add("own, 24 hours by hour", () => usageReport(member, usageQuery.parse(day)));
  add("everyone, 24 hours by hour", () => adminUsageReport(admin, adminUsageQuery.parse(day)));
  for (const group_by of ["model", "user", "key"] as const)
    add(`everyone, 24 hours by ${group_by}`, () =>
      adminUsageReport(admin, adminUsageQuery.parse({ ...day, group_by })),
    );
  for (const [words, range] of Object.entries(ranges)) {
    for (const group_by of ["day", "model", "key"] as const)
      add(`own, ${words} by ${group_by}`, () =>
        usageReport(member, usageQuery.parse({ ...range, group_by })),
      );
    for (const group_by of ["day", "model", "user", "key", "plan", "month"] as const)
      add(`everyone, ${words} by ${group_by}`, () =>
        adminUsageReport(admin, adminUsageQuery.parse({ ...range, group_by })),
      );
    for (const group_by of ["day", "user", "key"] as const)
      add(`one model, ${words} by ${group_by}`, () =>
        adminUsageReport(admin, adminUsageQuery.parse({ ...range, group_by, model })),
      );
    add(`one user, ${words} by day`, () =>
      adminUsageReport(admin, adminUsageQuery.parse({ ...range, user })),
    );
    add(`one key, ${words} by day`, () => adminUsageReport(admin, adminUsageQuery.parse({ ...range, key })));
  }
  add("own calls, newest", () => listCalls(member, callsQuery.parse({})));
  add("own calls, failed ones", () => listCalls(member, callsQuery.parse({ outcome: "failed" })));
  add("everyone's calls, newest", () => listAllCalls(admin, adminCallsQuery.parse({})));
  add("everyone's calls of one model", () => listAllCalls(admin, adminCallsQuery.parse({ model })));
  add("statement of this month", () => statementOf(admin, user, monthOf(today)));
  return list;
}

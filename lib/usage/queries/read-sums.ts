import { readAside } from "../../infra/db/aside";
import { Prisma } from "../../infra/db/generated/sqlite/client";
import { grains, latencyBuckets, type Sums } from "../domain";
import { sumColumns, sumsOfSums } from "../sums";
import { recentHoursFrom } from "../totals";
import type { Part } from "./report-range";

/** Whose calls; all of them where nothing is said. */
export type Whose = {
  userId?: string | undefined;
  /** Empty: those without a key. */
  keyId?: string | undefined;
  /** By its name. */
  model?: string | undefined;
};
export type By = "time" | "model" | "key" | "user" | "plan";
/** `at` when grouped by time, else `name`: the id of what the sums are about. */
export type Group = { at: number; name: string; label: string; sums: Sums };

const about = { model: 1, user: 2, plan: 2, key: 3, time: 1 } as const;
const big = (value: number) => Prisma.sql`CAST(${value} AS BIGINT)`;
const within = ({ grain, from, to }: Part) =>
  Prisma.sql`c.grain = ${grains[grain]} AND c.at >= ${big(from)} AND c.at < ${big(to)}`;

const hasModel = (model: string) => Prisma.sql`= (SELECT id FROM models WHERE name = ${model})`;

export function subjectsOf({ userId, keyId, model }: Whose): Prisma.Sql {
  const conditions = [
    userId === undefined ? Prisma.sql`true` : Prisma.sql`s.user_id = ${userId}`,
    keyId === undefined ? Prisma.sql`true` : Prisma.sql`s.key_id = ${keyId}`,
    model === undefined ? Prisma.sql`true` : Prisma.sql`s.model_id ${hasModel(model)}`,
  ];
  return Prisma.join(conditions, " AND ");
}

const nameOf = {
  time: Prisma.sql`''`,
  model: Prisma.sql`s.model_id`,
  key: Prisma.sql`s.key_id`,
  user: Prisma.sql`s.user_id`,
  plan: Prisma.sql`s.user_id`,
};

/** What is read of each piece. The names that are wanted are known once the biggest groups are. */
type Pick = { columns: Prisma.Sql; names?: Prisma.Sql };
const everything: Pick = { columns: sumColumns };

const among = (name: Prisma.Sql, { names }: Pick) =>
  names ? Prisma.sql`AND ${name} IN (${names})` : Prisma.empty;

/** By subject. CROSS JOIN: SQLite is to begin with the few subjects, not with the many counters. */
const ofSubjects = (whose: Whose, by: By, part: Part, pick: Pick) => Prisma.sql`
  SELECT ${nameOf[by]} AS name, c.at, ${pick.columns}
  FROM usage_subjects s CROSS JOIN usage_counters c
  WHERE c.subject = s.number AND ${subjectsOf(whose)} AND ${within(part)} ${among(nameOf[by], pick)}`;

const ofEveryone = ({ model }: Whose, by: By, part: Part, pick: Pick) => Prisma.sql`
  SELECT ${by === "time" ? Prisma.sql`''` : Prisma.sql`c.name`} AS name, c.at, ${pick.columns}
  FROM usage_totals c WHERE c.about = ${about[by]} AND ${within(part)} ${among(Prisma.sql`c.name`, pick)}
    AND ${model === undefined ? Prisma.sql`true` : Prisma.sql`c.name ${hasModel(model)}`}`;

/** The totals know one thing at a time, and older hours by model alone. */
function isInTotals({ userId, keyId, model }: Whose, by: By, { grain, from }: Part): boolean {
  if (userId !== undefined || keyId !== undefined) return false;
  if (about[by] === 1) return true;
  return model === undefined && (grain !== "hour" || from >= recentHoursFrom());
}

const piecesOf = (whose: Whose, by: By, parts: readonly Part[], pick = everything) =>
  Prisma.join(
    parts.map((part) => (isInTotals(whose, by, part) ? ofEveryone : ofSubjects)(whose, by, part, pick)),
    " UNION ALL ",
  );

/** Adding up all columns of everybody takes longest by far: first who is biggest, then all about them. */
function biggest(whose: Whose, by: By, parts: readonly Part[], groupsMax: number): Prisma.Sql {
  const light = piecesOf(whose, by, parts, { columns: Prisma.sql`calls` });
  const names = Prisma.sql`SELECT name FROM biggest`;
  return Prisma.sql`
    WITH biggest AS MATERIALIZED (
      SELECT l.name, sum(l.calls) AS calls FROM (${light}) l
      GROUP BY l.name ORDER BY calls DESC, l.name LIMIT ${groupsMax})
    SELECT 0 AS at, p.name, ${sumsOfSums}
    FROM (${piecesOf(whose, by, parts, { columns: sumColumns, names })}) p GROUP BY p.name`;
}

const labelled = {
  time: { join: Prisma.empty, label: Prisma.sql`''` },
  model: { join: Prisma.sql`LEFT JOIN models n ON n.id = g.name`, label: Prisma.sql`n.name` },
  key: { join: Prisma.sql`LEFT JOIN api_keys n ON n.id = g.name`, label: Prisma.sql`n.name` },
  user: { join: Prisma.sql`LEFT JOIN users n ON n.id = g.name`, label: Prisma.sql`n.name` },
  plan: { join: Prisma.sql`LEFT JOIN plans n ON n.id = g.name`, label: Prisma.sql`n.name` },
};

/** Over time all there is; else so many groups at most, those with the most calls. */
export async function readGroups(
  whose: Whose,
  by: By,
  parts: readonly Part[],
  groupsMax: number,
): Promise<Group[]> {
  const { join, label } = labelled[by];
  const rows = await readAside(Prisma.sql`
    SELECT g.*, ${label} AS label FROM (${groupsOf(whose, by, parts, groupsMax)}) g ${join}
    ORDER BY g.calls DESC, g.name`);
  return rows.map((row) => ({
    at: Number(row.at),
    name: String(row.name),
    label: String(row.label ?? ""),
    sums: sumsOf(row),
  }));
}

function groupsOf(whose: Whose, by: By, parts: readonly Part[], groupsMax: number): Prisma.Sql {
  if (by === "user" || by === "key") return biggest(whose, by, parts, groupsMax);
  const pieces = piecesOf(whose, by, parts);
  if (by === "time")
    return Prisma.sql`SELECT p.at, '' AS name, ${sumsOfSums} FROM (${pieces}) p GROUP BY p.at`;
  if (by === "model")
    return Prisma.sql`SELECT 0 AS at, p.name, ${sumsOfSums} FROM (${pieces}) p GROUP BY p.name`;
  return Prisma.sql`SELECT 0 AS at, u.plan_id AS name, ${sumsOfSums}
    FROM (${pieces}) p JOIN users u ON u.id = p.name GROUP BY u.plan_id`;
}

/** All of them together, however many groups there are. */
export async function readTotal(whose: Whose, parts: readonly Part[]): Promise<Sums> {
  const [row = {}] = await readAside(
    Prisma.sql`SELECT ${sumsOfSums} FROM (${piecesOf(whose, "time", parts)}) p`,
  );
  return sumsOf(row);
}

/** How often which error came. */
export async function readErrors(
  whose: Whose,
  parts: readonly Part[],
): Promise<{ code: string; calls: number }[]> {
  const isEveryone = whose.userId === undefined && whose.keyId === undefined && whose.model === undefined;
  const pieces = parts.map((part) =>
    isEveryone
      ? Prisma.sql`SELECT c.code, c.calls FROM usage_error_totals c WHERE ${within(part)}`
      : Prisma.sql`SELECT c.code, c.calls FROM usage_subjects s CROSS JOIN usage_error_counters c
          WHERE c.subject = s.number AND ${subjectsOf(whose)} AND ${within(part)}`,
  );
  const rows = await readAside(Prisma.sql`
    SELECT p.code, CAST(sum(p.calls) AS BIGINT) AS calls FROM (${Prisma.join(pieces, " UNION ALL ")}) p
    GROUP BY p.code ORDER BY calls DESC, p.code`);
  return rows.map(({ code, calls }) => ({ code: String(code), calls: Number(calls) }));
}

export function sumsOf(row: Record<string, unknown>): Sums {
  const number = (name: string) => Number(row[name] ?? 0);
  return {
    calls: number("calls"),
    failures: number("failures"),
    rows: number("rows"),
    units: number("units"),
    cost: number("cost"),
    expense: number("expense"),
    tokens: number("tokens"),
    buckets: Array.from({ length: latencyBuckets }, (_, index) => number(`b${index}`)),
  };
}

const nothing: Sums = sumsOf({});
export const addUp = (all: readonly Sums[]): Sums =>
  all.reduce(
    (sum, next) => ({
      calls: sum.calls + next.calls,
      failures: sum.failures + next.failures,
      rows: sum.rows + next.rows,
      units: sum.units + next.units,
      cost: sum.cost + next.cost,
      expense: sum.expense + next.expense,
      tokens: sum.tokens + next.tokens,
      buckets: sum.buckets.map((count, index) => count + (next.buckets[index] ?? 0)),
    }),
    nothing,
  );

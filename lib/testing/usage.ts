import { newId } from "../core/ids";
import { dayMs, never } from "../core/time";
import { now } from "../infra/clock";
import { type Statement, writeAside } from "../infra/db/aside";
import { db } from "../infra/db/client";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { countCalls } from "../usage/counters";
import { grainStart } from "../usage/domain";
import { counterStatements, errorsOfCalls, hoursOfCalls, totalStatements } from "../usage/totals";

type Amounts = { calls: number; users: number; keys: number; models: number; days: number };

export type Filled = { users: string[]; keys: string[]; models: { id: string; name: string }[] };

const modelsOfKey = 3;

/**
 * So many calls, spread over the last days and over people and keys as real ones are: a few make most of them. Every
 * counter says what adding them up says. Made by the database itself, so that ten million take minutes.
 */
export async function fillUsage(
  { calls, users, keys, models, days }: Amounts,
  { callsAtOnce = 250_000 } = {},
): Promise<Filled> {
  const filled = { users: await makeUsers(users), keys: [] as string[], models: await makeModels(models) };
  filled.keys = await makeKeys(keys, filled.users);
  const subjects = await makeSubjects(filled);
  const from = grainStart("day", now().getTime()) - (days - 1) * dayMs;
  // Of many calls those of one program come together, as they do when it works through a list.
  const together = Math.max(1, Math.floor(calls / 500_000));
  const { first, position } = { first: subjects.first, position: await headPosition() };
  for (let done = 0; done < calls; done += callsAtOnce) {
    const count = Math.min(callsAtOnce, calls - done);
    const stepUs = Math.floor(((now().getTime() - from) * 1000) / calls);
    const after = position + BigInt(done);
    const piece = { after, count, first, subjects: subjects.count, from, stepUs, done, together };
    await writeAside([callsStatement(piece), headStatement(after + BigInt(count))]);
    if (calls < manyCalls) await countCalls();
    else await writeAside(countedAtOnce(Number(after), Number(after) + count));
  }
  return filled;
}

/** From so many on, the database adds them up by itself; the accounts of their users stay as they are. */
const manyCalls = 100_000;

function countedAtOnce(after: number, upTo: number): Statement[] {
  const sums = { hours: hoursOfCalls(after, upTo), errors: errorsOfCalls(after, upTo) };
  const head = Prisma.sql`UPDATE usage_head SET counted = ${whole(upTo)} WHERE id = 1`;
  return [...counterStatements(sums), ...totalStatements(sums), { sql: head }];
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

async function inParts<T>(rows: T[], write: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += 500) await write(rows.slice(start, start + 500));
}

async function makeUsers(count: number): Promise<string[]> {
  const at = now();
  const rows = many(count, (index) => {
    const id = newId("usr");
    const email = `${id.toLowerCase()}@usage.example`;
    return {
      ...{ id, email, name: `Caller ${index + 1}`, searchText: `caller ${index + 1} ${email}` },
      ...{ role: "member", planId: index % 3 === 0 ? "paid" : "free" },
      ...{ lastSeenAt: never, createdAt: at, updatedAt: at },
    };
  });
  await inParts(rows, (data) => db().user.createMany({ data }));
  return rows.map(({ id }) => id);
}

async function makeKeys(count: number, users: readonly string[]): Promise<string[]> {
  const at = now();
  const rows = many(count, (index) => {
    const id = newId("key");
    return {
      ...{ id, userId: users[index % users.length] ?? "", name: `Key ${index + 1}`, digest: id, poolId: id },
      ...{ prefix: "ady_0000", last4: "0000", scopes: "predict", createdAt: at, lastUsedAt: never },
      // Every tenth: what it did stays in the numbers.
      revokedAt: index % 10 === 9 ? at : null,
    };
  });
  await inParts(rows, (data) => db().apiKey.createMany({ data }));
  return rows.map(({ id }) => id);
}

async function makeModels(count: number): Promise<Filled["models"]> {
  const at = now();
  const rows = many(count, (index) => {
    const id = newId("mdl");
    const name = `filled-${id.slice(4, 12).toLowerCase()}-${index + 1}`;
    return { id, name, title: name, description: "", stable: 1, createdAt: at, updatedAt: at, deletedAt: at };
  });
  await inParts(rows, (data) => db().model.createMany({ data }));
  return rows.map(({ id, name }) => ({ id, name }));
}

/** Every key calls some models, and every person one without a key. */
async function makeSubjects({ users, keys, models }: Filled): Promise<{ first: number; count: number }> {
  const modelAt = (index: number) => models[index % models.length]?.id ?? "";
  const perKey = Math.min(modelsOfKey, models.length);
  const rows = [
    ...keys.flatMap((keyId, index) =>
      many(perKey, (which) => ({
        ...{ userId: users[index % users.length] ?? "", keyId, modelId: modelAt(index + which) },
      })),
    ),
    ...users.map((userId, index) => ({ userId, keyId: "", modelId: modelAt(index * 7) })),
  ];
  await inParts(rows, (data) => db().usageSubject.createMany({ data }));
  const { _max } = await db().usageSubject.aggregate({ _max: { number: true } });
  return { first: (_max.number ?? 0) - rows.length + 1, count: rows.length };
}

async function headPosition(): Promise<bigint> {
  return (await db().usageHead.findUnique({ where: { id: 1 } }))?.position ?? 0n;
}

const whole = (value: number | bigint) => Prisma.sql`CAST(${BigInt(value)} AS BIGINT)`;

type Piece = {
  after: bigint;
  count: number;
  first: number;
  subjects: number;
  from: number;
  stepUs: number;
  done: number;
  together: number;
};

/** `u` and `v` are numbers from 0 to 1 that look like chance and are the same every time. */
const callsStatement = ({
  after,
  count,
  first,
  subjects,
  from,
  stepUs,
  done,
  together,
}: Piece): Statement => ({
  sql: Prisma.sql`
    INSERT INTO usage_calls
      (position, id, subject, version, at, code, is_held, rows, units, cost, expense, tokens, queue_us, work_us)
    WITH RECURSIVE series(n) AS
      (SELECT ${whole(1)} UNION ALL SELECT n + 1 FROM series WHERE n < ${whole(count)}),
    chance AS (SELECT n, ${whole(done)} + n AS nth,
      ((${whole(done)} + n) / ${whole(together)} * 7368787 + 17) % 1000003 / 1000003.0 AS u,
      ((${whole(done)} + n) * 2750159 + 29) % 1000033 / 1000033.0 AS v FROM series),
    calls AS (SELECT *, CASE WHEN v < 0.9 THEN 1 ELSE 10 END AS size,
      CASE WHEN nth % 71 <> 0 THEN NULL WHEN v < 0.5 THEN 'model.timed_out' WHEN v < 0.8 THEN 'request.invalid'
        ELSE 'model.busy' END AS failure FROM chance)
    SELECT ${whole(after)} + n, '1' || substr(CAST(1000000000000000000 + ${whole(after)} + n AS TEXT), 1, 19),
      ${whole(first)} + CAST(floor(u * u * u * ${whole(subjects)}) AS INTEGER), 1,
      ${whole(from)} + nth * ${whole(stepUs)} / 1000, failure, 0, size, CASE WHEN failure IS NULL THEN size ELSE 0 END,
      CASE WHEN failure IS NULL THEN size * 2000000 ELSE 0 END, 500000, 0,
      CAST(floor(v * 900) AS INTEGER), CAST(floor(400 + v * v * v * v * 3000000 * u) AS INTEGER)
    FROM calls`,
});

const headStatement = (position: bigint): Statement => ({
  sql: Prisma.sql`UPDATE usage_head SET position = ${whole(position)} WHERE id = 1`,
});

import { beforeEach, expect, test } from "vitest";
import { inProcesses } from "../../testing/processes";
import { NothingChanged, readAside, writeAside } from "./aside";
import { closeDatabase, db } from "./client";
import { Prisma } from "./generated/sqlite/client";

const at = new Date("2026-11-21T10:00:00Z");
const put = (key: string, value: string) => ({
  sql: Prisma.sql`INSERT INTO settings (key, value, updated_at) VALUES (${key}, ${value}, ${at}) RETURNING key`,
});
const change = (key: string, value: string) => ({
  sql: Prisma.sql`UPDATE settings SET value = ${value} WHERE key = ${key} RETURNING value`,
  isRequired: true,
});
const valueAt = async (key: string) => (await db().setting.findUnique({ where: { key } }))?.value;

beforeEach(() => db().setting.deleteMany({ where: { key: { startsWith: "aside" } } }));

test("several statements are one transaction, and each answers its rows", async () => {
  const answers = await writeAside([
    put("aside-1", "a"),
    change("aside-1", "b"),
    { sql: Prisma.sql`SELECT 1 AS one` },
  ]);
  expect(answers).toEqual([[{ key: "aside-1" }], [{ value: "b" }], [{ one: 1 }]]);
  expect(await db().setting.findUnique({ where: { key: "aside-1" } })).toMatchObject({
    value: "b",
    updatedAt: at,
  });
});

test("a required one that finds nothing undoes all of them, alone or with others", async () => {
  await expect(writeAside([put("aside-1", "a"), change("aside-2", "b")])).rejects.toThrow(NothingChanged);
  await expect(writeAside([change("aside-2", "b")])).rejects.toThrow(NothingChanged);
  expect(await valueAt("aside-1")).toBeUndefined();
});

test("one that fails undoes all of them, and the next goes through", async () => {
  const broken = { sql: Prisma.sql`INSERT INTO settings (key) VALUES (${"aside-2"})` };
  await expect(writeAside([put("aside-1", "a"), broken])).rejects.toThrow();
  expect(await valueAt("aside-1")).toBeUndefined();
  await writeAside([put("aside-1", "c")]);
  expect(await valueAt("aside-1")).toBe("c");
});

test("what is read is what was committed, with numbers as numbers", async () => {
  await writeAside([put("aside-1", "a"), put("aside-2", "b")]);
  const rows = await readAside(Prisma.sql`
    SELECT count(*) AS count, sum(CAST(9007199254740991 AS BIGINT)) / 2 AS half FROM settings WHERE key LIKE 'aside%'`);
  expect(rows).toEqual([{ count: 2, half: 9007199254740991 }]);
  await expect(readAside(Prisma.sql`SELECT * FROM no_such_table`)).rejects.toThrow();
});

test("it begins again after the database was closed", async () => {
  await writeAside([put("aside-1", "a")]);
  await closeDatabase();
  expect(await readAside(Prisma.sql`SELECT value FROM settings WHERE key = ${"aside-1"}`)).toEqual([
    { value: "a" },
  ]);
  await writeAside([change("aside-1", "b")]);
  expect(await valueAt("aside-1")).toBe("b");
});

test("two processes and the request loop write beside each other, and nothing is lost", async () => {
  await writeAside([put("aside-1", "0")]);
  const add = Prisma.sql`UPDATE settings SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = ${"aside-1"}`;
  const own = Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? writeAside([{ sql: add }]) : db().$executeRaw(add),
    ),
  );
  await inProcesses(2, {
    imports: `import { writeAside } from "./lib/infra/db/aside";
      import { Prisma } from "./lib/infra/db/generated/sqlite/client";`,
    lines: `const add = Prisma.sql\`UPDATE settings SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = \${"aside-1"}\`;
      for (let count = 0; count < 50; count += 1) await writeAside([{ sql: add }]); return null;`,
  });
  await own;
  expect(await valueAt("aside-1")).toBe("150");
});

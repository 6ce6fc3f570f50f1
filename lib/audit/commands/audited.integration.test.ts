import { beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { db, type Transaction } from "../../infra/db/client";
import { env } from "../../infra/env";
import { withBrokenAudit } from "../../testing/audit-table";
import { useDatabase } from "../../testing/database";
import { makeUser, signedIn } from "../../testing/factories";
import { inProcesses } from "../../testing/processes";
import type { NewAuditEvent } from "../domain";
import { verifyAuditChain } from "../queries";
import { audited } from "./audited";

beforeEach(async () => void (await useDatabase()));

const actor = systemActor("test");
const event = (label: string): NewAuditEvent => ({
  action: "user.created",
  object: { type: "user", id: "usr_1", label },
});
const change = (transaction: Transaction, key: string) =>
  transaction.setting.create({ data: { key, value: "1", updatedAt: now() } });
const changes = async () => (await db().setting.findMany()).map(({ key }) => key).sort();
const labels = async () =>
  (await db().auditEvent.findMany({ orderBy: { position: "asc" } })).map(({ objectLabel }) => objectLabel);

describe("a change and its events", () => {
  test("are written together", async () => {
    const result = await audited(actor, async (transaction, record) => {
      await change(transaction, "a");
      record(event("one"));
      record(event("two"));
      return 7;
    });
    expect(result).toBe(7);
    expect([await changes(), await labels()]).toEqual([["a"], ["one", "two"]]);
  });

  // Seen failing: with `change` given db() instead of the transaction.
  test("are both absent when the change fails half-way", async () => {
    const work = audited(actor, async (transaction, record) => {
      record(event("one"));
      await change(transaction, "a");
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect([await changes(), await labels()]).toEqual([[], []]);
    expect(await verifyAuditChain(actor)).toMatchObject({ isIntact: true, events: 0 });
  });

  // Seen failing: with the append outside the transaction.
  test("are both absent when the event cannot be written: the change is refused", async () => {
    const work = () =>
      audited(actor, async (transaction, record) => {
        await change(transaction, "a");
        record(event("one"));
      });
    await withBrokenAudit(() =>
      expect(work()).rejects.toThrow(
        expect.objectContaining({ code: "audit.unavailable", retryAfterSeconds: 30 }),
      ),
    );
    expect([await changes(), await labels()]).toEqual([[], []]);
    await work();
    expect([await changes(), await labels()]).toEqual([["a"], ["one"]]);
  });

  test("are refused without the head, instead of starting a new chain", async () => {
    await db().auditHead.deleteMany();
    const work = audited(actor, async (_transaction, record) => record(event("one")));
    await expect(work).rejects.toThrow(expect.objectContaining({ code: "audit.unavailable" }));
    expect(await labels()).toEqual([]);
  });

  test("a change that records nothing moves nothing", async () => {
    await audited(actor, async (transaction) => change(transaction, "a"));
    expect(await db().auditHead.findMany()).toEqual([{ id: 1, position: 0, hash: "", seal: "" }]);
  });
});

test("an event says who, from where, in which request and when", async () => {
  const { actor: member } = await signedIn(await makeUser());
  await audited(member, async (_transaction, record) =>
    record({ ...event("one"), detail: { name: { before: "a", after: "b" } } }),
  );
  await audited({ kind: "anonymous", origin: member.origin }, async (_transaction, record) =>
    record(event("two")),
  );
  const [first, second] = await db().auditEvent.findMany({ orderBy: { position: "asc" } });
  expect(first).toMatchObject({
    position: 1,
    actorKind: "session",
    actorId: member.user.id,
    actorLabel: member.user.email,
    address: member.origin.address,
    requestId: member.origin.requestId,
    detail: '{"name":{"before":"a","after":"b"}}',
    previous: "",
  });
  expect(Math.abs((first?.at.getTime() ?? 0) - Date.now())).toBeLessThan(10_000);
  expect(second).toMatchObject({ position: 2, actorKind: "anonymous", actorId: null, previous: first?.hash });
});

// Seen failing on Postgres: with findUnique instead of the update in lockHead.
test("50 audited changes at once make a chain without gaps or forks", async () => {
  const work = Array.from({ length: 50 }, (_, index) =>
    audited(actor, async (transaction, record) => {
      await change(transaction, `key ${index}`);
      record(event(`event ${index}`));
      if (index % 5 === 0) record(event(`second of ${index}`));
    }),
  );
  await Promise.all(work);
  const positions = (await db().auditEvent.findMany({ orderBy: { position: "asc" } })).map(
    ({ position }) => position,
  );
  expect(positions).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect(await changes()).toHaveLength(50);
  expect(await verifyAuditChain(actor)).toEqual({ isIntact: true, events: 60, verifiedUpTo: 60 });
});

test("changes of three processes at once make one chain, and none of them is lost", async () => {
  const counts = await inProcesses<number>(3, {
    imports: `import { audited } from "./lib/audit/commands/audited"; import { systemActor } from "./lib/core/actor";`,
    lines: `const write = (index: number) => audited(systemActor("test"), async (transaction, record) => {
        await transaction.setting.create({ data: { key: process.pid + " " + index, value: "1", updatedAt: new Date() } });
        record({ action: "user.created", object: { type: "user", id: null, label: process.pid + " " + index } });
      });
      const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => write(index)));
      const failed = results.find((result) => result.status === "rejected");
      if (failed) throw failed.reason;
      return results.length;`,
  });
  expect(counts).toEqual([20, 20, 20]);
  expect(await verifyAuditChain(actor)).toEqual({ isIntact: true, events: 60, verifiedUpTo: 60 });
  expect(await changes()).toHaveLength(60);
});

// Seen failing: after DROP TRIGGER (see queries.integration.test.ts, which does it on purpose).
describe("with SQL in hand", () => {
  beforeEach(async () => {
    await audited(actor, async (_transaction, record) => record(event("one")));
  });
  const isKept = async () => expect(await labels()).toEqual(["one"]);

  test("an event cannot be changed", async () => {
    await expect(db().$executeRaw`UPDATE audit_events SET object_label = 'x'`).rejects.toThrow(
      /cannot be changed/,
    );
    await expect(db().$executeRaw`UPDATE audit_events SET position = 2`).rejects.toThrow(/cannot be changed/);
    await isKept();
  });

  test("an event cannot be deleted, nor replaced", async () => {
    await expect(db().$executeRaw`DELETE FROM audit_events`).rejects.toThrow(/cannot be/);
    await expect(db().$executeRaw`DELETE FROM audit_events WHERE position = 1`).rejects.toThrow(/cannot be/);
    const { hash, ...row } = await db().auditEvent.findFirstOrThrow();
    await expect(
      db().auditEvent.upsert({
        where: { position: 1 },
        create: { ...row, hash },
        update: { objectLabel: "x" },
      }),
    ).rejects.toThrow();
    await isKept();
  });

  test("nor by emptying the table at once (Postgres), nor by INSERT OR REPLACE (SQLite)", async () => {
    const attempt =
      env().database === "postgres"
        ? db().$executeRaw`TRUNCATE audit_events`
        : db()
            .$executeRaw`INSERT OR REPLACE INTO audit_events SELECT position, 'evt_x', at, actor_kind, actor_id, actor_label, action, object_type, object_id, 'forged', address, request_id, detail, previous, hash FROM audit_events`;
    await expect(attempt).rejects.toThrow();
    await isKept();
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "../core/actor";
import { db } from "../infra/db/client";
import { dropAuditTriggers } from "../testing/audit-table";
import { useDatabase } from "../testing/database";
import { makeAdmin, makeUser, signedIn } from "../testing/factories";
import { audited } from "./commands/audited";
import { exportAuditLog } from "./commands/export-log";
import { listAuditEvents, readAuditLog, verifyAuditChain } from "./queries";

beforeEach(async () => void (await useDatabase()));

const actor = systemActor("test");

async function write(count: number): Promise<void> {
  await audited(actor, async (_transaction, record) => {
    for (let index = 1; index <= count; index += 1)
      record({
        action: "user.created",
        object: { type: "user", id: `usr_${index}`, label: `user ${index}` },
      });
  });
}

const setHead = (data: { position?: number; hash?: string; seal?: string }) =>
  db().auditHead.update({ where: { id: 1 }, data });
const hashOf = async (position: number) =>
  (await db().auditEvent.findUniqueOrThrow({ where: { position } })).hash;

describe("an untouched log verifies", () => {
  test("empty", async () => {
    expect(await verifyAuditChain(actor)).toEqual({ isIntact: true, events: 0, verifiedUpTo: 0 });
  });

  test("with more events than one piece holds", async () => {
    await write(1_100);
    expect(await verifyAuditChain(actor)).toEqual({ isIntact: true, events: 1_100, verifiedUpTo: 1_100 });
  });

  test("while events are being written", async () => {
    await write(8);
    const writers = Array.from({ length: 30 }, () => write(2));
    const reports = await Promise.all(Array.from({ length: 5 }, () => verifyAuditChain(actor)));
    await Promise.all(writers);
    for (const report of reports) expect(report).toMatchObject({ isIntact: true });
    expect(await verifyAuditChain(actor)).toMatchObject({ isIntact: true, events: 68 });
  });
});

type Tampering = [name: string, position: number, tamper: () => Promise<unknown>];
const shift = 100_000;

const tamperings: Tampering[] = [
  [
    "a changed label",
    3,
    () => db().$executeRaw`UPDATE audit_events SET object_label = 'somebody else' WHERE position = 3`,
  ],
  ["a changed time", 5, () => db().auditEvent.update({ where: { position: 5 }, data: { at: new Date(0) } })],
  [
    "a changed detail",
    1,
    () => db().$executeRaw`UPDATE audit_events SET detail = '{"x":1}' WHERE position = 1`,
  ],
  [
    "an actor made null",
    8,
    () => db().$executeRaw`UPDATE audit_events SET object_id = NULL WHERE position = 8`,
  ],
  ["a changed hash", 4, () => db().$executeRaw`UPDATE audit_events SET hash = 'x' WHERE position = 4`],
  ["a changed link", 4, () => db().$executeRaw`UPDATE audit_events SET previous = '' WHERE position = 4`],
  ["a deleted event", 3, () => db().$executeRaw`DELETE FROM audit_events WHERE position = 3`],
  ["the first event deleted", 1, () => db().$executeRaw`DELETE FROM audit_events WHERE position = 1`],
  [
    "a deleted event and the others moved up",
    3,
    async () => {
      await db().$executeRaw`DELETE FROM audit_events WHERE position = 3`;
      for (let position = 4; position <= 8; position += 1)
        await db()
          .$executeRaw`UPDATE audit_events SET position = ${position - 1} WHERE position = ${position}`;
    },
  ],
  [
    "two events in each other's place",
    3,
    async () => {
      await db().$executeRaw`UPDATE audit_events SET position = ${shift} WHERE position = 3`;
      await db().$executeRaw`UPDATE audit_events SET position = 3 WHERE position = 4`;
      await db().$executeRaw`UPDATE audit_events SET position = 4 WHERE position = ${shift}`;
    },
  ],
  ["a cut tail", 7, () => db().$executeRaw`DELETE FROM audit_events WHERE position > 6`],
  [
    "a cut tail and the head set back",
    6,
    async () => {
      await db().$executeRaw`DELETE FROM audit_events WHERE position > 6`;
      await setHead({ position: 6, hash: await hashOf(6) });
    },
  ],
  ["everything deleted", 1, () => db().$executeRaw`DELETE FROM audit_events`],
  [
    "everything deleted and the head as on the first day",
    1,
    async () => {
      await db().$executeRaw`DELETE FROM audit_events`;
      await setHead({ position: 0, hash: "", seal: "" });
    },
  ],
  ["the head as on the first day", 1, () => setHead({ position: 0, hash: "", seal: "" })],
  ["the head set back, with a seal of its own time", 7, async () => setHead(sealedAtSix)],
  ["the head deleted", 9, () => db().auditHead.deleteMany()],
  ["the head's seal changed", 8, () => setHead({ seal: "x" })],
  ["the head's hash changed", 8, () => setHead({ hash: "x" })],
  ["the head moved forward", 9, () => setHead({ position: 9 })],
  ["a forged event after the newest", 9, () => forge(9)],
  ["a forged event before the first", 1, () => forge(0)],
  ["a forged event long before the first", 1, () => forge(-7)],
];

let sealedAtSix: { position: number; hash: string; seal: string };

async function forge(position: number): Promise<void> {
  const newest = await db().auditEvent.findUniqueOrThrow({ where: { position: 8 } });
  await db().auditEvent.create({
    data: { ...newest, position, id: `evt_${position}`, previous: newest.hash },
  });
}

// Seen failing, each: with brokenLink() answering null and with the checks of the head removed.
describe("verify names the first broken position:", () => {
  test.each(tamperings)("%s (position %i)", async (_name, position, tamper) => {
    await makeAdmin();
    await write(6);
    const { id: _, ...head } = await db().auditHead.findUniqueOrThrow({ where: { id: 1 } });
    sealedAtSix = head;
    await write(2);
    await dropAuditTriggers();
    await tamper();
    const report = await verifyAuditChain(actor);
    expect(report).toMatchObject({ isIntact: false, brokenAt: position, verifiedUpTo: position - 1 });
    expect((report as { reason: string }).reason.length).toBeGreaterThan(10);
  });
});

test("a tampered head is not papered over by later changes", async () => {
  await write(4);
  await setHead({ position: 0, hash: "", seal: "" });
  await expect(write(1)).rejects.toThrow(expect.objectContaining({ code: "audit.unavailable" }));
});

describe("the list", () => {
  const query = { limit: 25 };

  test("is newest first and pages through every event exactly once", async () => {
    await write(60);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAuditEvents(actor, { limit: 7, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ position }) => position));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index));
  });

  test("filters by action, actor, object and time", async () => {
    await write(3);
    const { actor: admin } = await signedIn(await makeAdmin({ email: "boss@example.org" }));
    await audited(admin, async (_transaction, record) =>
      record({
        action: "settings.changed",
        object: { type: "settings", id: null, label: "session_idle_hours" },
      }),
    );
    const positions = async (filter: Parameters<typeof listAuditEvents>[1]) =>
      (await listAuditEvents(actor, filter)).items.map(({ position }) => position);
    expect(await positions({ ...query, action: "settings.changed" })).toEqual([4]);
    expect(await positions({ ...query, actor: admin.user.id })).toEqual([4]);
    expect(await positions({ ...query, actor: "BOSS@" })).toEqual([4]);
    expect(await positions({ ...query, object: "usr_2" })).toEqual([2]);
    expect(await positions({ ...query, object: "user 3" })).toEqual([3]);
    expect(await positions({ ...query, from: "2999-01-01T00:00:00Z" })).toEqual([]);
    expect(
      await positions({ ...query, to: "2999-01-01T00:00:00Z", from: "2000-01-01T00:00:00Z" }),
    ).toHaveLength(4);
  });
});

test("the export is the whole log, oldest first, with its own event at the end", async () => {
  await write(1_005);
  const { actor: admin } = await signedIn(await makeAdmin());
  const text = await new Response(await exportAuditLog(admin)).text();
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { position: number; action: string; hash: string });
  expect(lines.map(({ position }) => position)).toEqual(
    Array.from({ length: 1_006 }, (_, index) => index + 1),
  );
  expect(lines.at(-1)).toMatchObject({ action: "audit.exported", hash: await hashOf(1_006) });
});

test("the log is read in bounded pieces", async () => {
  await write(1_001);
  const sizes: number[] = [];
  for await (const piece of readAuditLog()) sizes.push(piece.length);
  expect(sizes).toEqual([1_000, 1]);
});

test("nobody but an administrator reads, exports or verifies", async () => {
  const { actor: member } = await signedIn(await makeUser());
  const refused = expect.objectContaining({ code: "auth.forbidden" });
  await expect(listAuditEvents(member, { limit: 1 })).rejects.toThrow(refused);
  await expect(verifyAuditChain(member)).rejects.toThrow(refused);
  await expect(exportAuditLog(member)).rejects.toThrow(refused);
});

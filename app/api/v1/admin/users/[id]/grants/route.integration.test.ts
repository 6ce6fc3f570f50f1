import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { now } from "@/lib/infra/clock";
import { writeAside } from "@/lib/infra/db/aside";
import { db } from "@/lib/infra/db/client";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api, type Problem } from "@/lib/testing/request";
import { changeStatement, takeHead } from "@/lib/usage/accounts";
import { dayOf, monthOf } from "@/lib/usage/domain";
import type { grantListView, grantView } from "@/lib/usage/schema";

type Grant = z.infer<typeof grantView>;

const addressOf = (id: string) => `/api/v1/admin/users/${id}/grants`;
const thisMonth = () => monthOf(now().getTime());

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
});

const grant = (id: string, body: unknown) => api<Grant & Problem>("POST", addressOf(id), { as: admin, body });
const listOf = async (id: string) =>
  (await api<z.infer<typeof grantListView>>("GET", addressOf(id), { as: admin })).body.items;
const grantedOf = async (userId: string, month = thisMonth()) =>
  Number((await db().usageAccount.findUnique({ where: { userId_month: { userId, month } } }))?.unitsGranted);

test("401 for nobody and 403 for the user themself", async () => {
  const user = await makeUser();
  const self = await signedIn(user);
  for (const [method, body] of [
    ["GET", undefined],
    ["POST", { units: 1 }],
  ] as const) {
    expect((await api(method, addressOf(user.id), { body })).status).toBe(401);
    expect((await api(method, addressOf(user.id), { body, as: self })).status).toBe(403);
  }
});

describe("POST /admin/users/{id}/grants", () => {
  test("201: the units are added to this month, listed, and in the audit log", async () => {
    const user = await makeUser();
    const first = await grant(user.id, { units: 40 });
    expect(first).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^grn_/), units: 40, month: thisMonth(), note: "" },
    });
    expect(first.body.created_by).toBe(admin.user.email);
    await grant(user.id, { units: 2, note: "For the demonstration" });
    expect(await grantedOf(user.id)).toBe(42);
    expect((await listOf(user.id)).map(({ units, note }) => [units, note])).toEqual([
      [2, "For the demonstration"],
      [40, ""],
    ]);
    const last = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
    expect([last.action, last.objectId, JSON.parse(last.detail)]).toEqual([
      "user.units_granted",
      user.id,
      { units: 2, month: thisMonth(), note: "For the demonstration" },
    ]);
  });

  test("a month that comes has its units, and this one has none of them", async () => {
    const user = await makeUser();
    const month = "2999-12";
    expect((await grant(user.id, { units: 7, month })).status).toBe(201);
    expect(await grantedOf(user.id, month)).toBe(7);
    expect(await grantedOf(user.id)).toBeNaN();
  });

  test("of several at once none is lost, and neither is what was used meanwhile", async () => {
    const user = await makeUser();
    const [month, day] = [thisMonth(), dayOf(now().getTime())];
    const nothing = { cost: 0, dayCost: 0, unitsBack: 0, costBack: 0, dayCostBack: 0 };
    const use = () =>
      writeAside([takeHead(0), changeStatement([{ userId: user.id, month, day, units: 1, ...nothing }])]);
    const both = () => Promise.all([grant(user.id, { units: 3 }), use()]);
    const answers = await Promise.all(Array.from({ length: 6 }, both));
    expect(answers.map(([{ status }]) => status)).toEqual(Array(6).fill(201));
    const account = await db().usageAccount.findUniqueOrThrow({
      where: { userId_month: { userId: user.id, month } },
    });
    expect([account.unitsGranted, account.unitsUsed]).toEqual([18n, 6n]);
  });

  test.each<[string, unknown]>([
    ["/units", {}],
    ["/units", { units: 0 }],
    ["/units", { units: 1.5 }],
    ["/month", { units: 1, month: "2026-13" }],
    ["/month", { units: 1, month: "2020-01" }],
    ["/note", { units: 1, note: "x".repeat(201) }],
    ["/user", { units: 1, user: "usr_other" }],
  ])("422 at %j: %j", async (pointer, body) => {
    const user = await makeUser();
    const answer = await grant(user.id, body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    expect(await grantedOf(user.id)).toBeNaN();
  });

  test("404 for nobody, 409 for a deleted account", async () => {
    expect((await grant("usr_00000000000000000000", { units: 1 })).status).toBe(404);
    const deleted = await makeUser({ deletedAt: now() });
    expect((await grant(deleted.id, { units: 1 })).body.code).toBe("user.not_active");
  });
});

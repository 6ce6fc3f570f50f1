import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { currentPlan } from "@/lib/plans/queries";
import type { planListView, planView } from "@/lib/plans/schema";
import { makeAdmin, makeModel, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api, type Problem } from "@/lib/testing/request";

type Plan = z.infer<typeof planView>;

const list = "/api/v1/admin/plans";

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
});
const patch = (id: string, body: unknown, as: SignedIn = admin) =>
  api<Plan & Problem>("PATCH", `${list}/${id}`, { as, body });

test("401 for nobody and 403 for members, on every route", async () => {
  const member = await signedIn(await makeUser());
  for (const [method, address, body] of [
    ["GET", list, undefined],
    ["GET", `${list}/free`, undefined],
    ["PATCH", `${list}/free`, { name: "Mine" }],
    ["POST", list, { id: "mine", name: "Mine", description: "Mine." }],
    ["DELETE", `${list}/free`, undefined],
  ] as const) {
    expect((await api(method, address, { body })).status).toBe(401);
    expect((await api(method, address, { body, as: member })).status).toBe(403);
  }
});

test("200: the plans with their limits, and how many people are on each; deleted ones not counted", async () => {
  await makeUser({ planId: "paid" });
  await makeUser({ planId: "paid", deletedAt: now() });
  const { body } = await api<z.infer<typeof planListView>>("GET", list, { as: admin });
  expect(body.items.map(({ id }) => id)).toEqual(["free", "owner", "paid"]);
  expect(body.items[2]?.users).toBe(1);
  expect((await api<Plan>("GET", `${list}/paid`, { as: admin })).body).toEqual(body.items[2]);
});

describe("PATCH /admin/plans/{id}", () => {
  test("200: what is named changes, null takes a limit away, and before and after are in the log", async () => {
    await db().plan.update({
      where: { id: "paid" },
      data: { name: "Paid", perMinute: 100, perHour: 1_000, concurrency: null },
    });
    const answer = await patch("paid", { name: "Team", limits: { per_minute: null, concurrency: 8 } });
    expect(answer).toMatchObject({
      status: 200,
      body: { name: "Team", limits: { per_minute: null, per_hour: 1_000, concurrency: 8 } },
    });
    const last = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
    expect(last).toMatchObject({ action: "plan.changed", objectType: "plan", objectId: "paid" });
    expect(JSON.parse(last.detail)).toEqual({
      name: { before: "Paid", after: "Team" },
      per_minute: { before: 100, after: null },
      concurrency: { before: null, after: 8 },
    });
    const events = await db().auditEvent.count();
    expect((await patch("paid", { name: "Team", limits: {} })).status).toBe(200);
    expect(await db().auditEvent.count()).toBe(events);
  });

  test("200: quota, budgets and prices to the ninth decimal, and the next call knows them", async () => {
    const quota = { units_per_month: 5_000, budget_per_month: 12.5, budget_per_day: null };
    const prices = { per_call: 0.000_000_001, per_row: 0.1, per_compute_ms: 0.3 };
    const { status, body } = await patch("paid", { quota, prices });
    expect([status, body.quota, body.prices]).toEqual([200, quota, { ...prices, per_token: 0 }]);
    expect(await currentPlan("paid")).toMatchObject({
      bounds: { unitsPerMonth: 5_000, budgetPerMonth: 12_500_000_000, budgetPerDay: null },
      prices: { perCall: 1, perRow: 100_000_000, perMs: 300_000_000, perToken: 0 },
    });
    await patch("paid", { quota: { budget_per_month: null } });
    expect((await api<Plan>("GET", `${list}/paid`, { as: admin })).body.quota).toEqual({
      ...quota,
      budget_per_month: null,
    });
    const last = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
    expect(JSON.parse(last.detail)).toEqual({ budget_per_month: { before: 12.5, after: null } });
  });

  test.each<[string, unknown]>([
    ["/quota/units_per_month", { quota: { units_per_month: 0 } }],
    ["/quota/units_per_month", { quota: { units_per_month: 1.5 } }],
    ["/quota/budget_per_day", { quota: { budget_per_day: 0 } }],
    ["/quota/budget_per_day", { quota: { budget_per_day: 1_000_001 } }],
    ["/quota/budget_per_week", { quota: { budget_per_week: 1 } }],
    ["/prices/per_row", { prices: { per_row: -1 } }],
    ["/prices/per_row", { prices: { per_row: 0.000_000_000_1 } }],
    ["/prices/per_row", { prices: { per_row: null } }],
    ["/prices/per_token", { prices: { per_token: "0.1" } }],
    ["", {}],
    ["/id", { id: "other" }],
    ["/name", { name: "" }],
    ["/limits/per_minute", { limits: { per_minute: 0 } }],
    ["/limits/per_minute", { limits: { per_minute: -1 } }],
    ["/limits/per_hour", { limits: { per_hour: 1.5 } }],
    ["/limits/concurrency", { limits: { concurrency: "5" } }],
    ["/limits/per_day", { limits: { per_day: 5 } }],
    ["/limits", { limits: null }],
  ])("422 at %j: %j", async (pointer, body) => {
    const answer = await patch("free", body);
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test("404 for a plan that is not there", async () => {
    expect((await patch("gold", { name: "Gold" })).status).toBe(404);
    expect((await api("GET", `${list}/gold`, { as: admin })).status).toBe(404);
  });
});

describe("POST /admin/plans", () => {
  const create = (body: unknown) => api<Plan & Problem>("POST", list, { as: admin, body });

  test("201: what is not named does not limit and costs nothing, and it can be given to somebody", async () => {
    const body = { id: "team-1", name: "Team", description: "For teams.", quota: { units_per_month: 10 } };
    const answer = await create(body);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        id: "team-1",
        limits: { per_minute: null, per_hour: null, concurrency: null },
        quota: { units_per_month: 10, budget_per_month: null, budget_per_day: null },
        prices: { per_call: 0, per_row: 0, per_compute_ms: 0, per_token: 0 },
        users: 0,
      },
    });
    const last = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
    expect([last.action, last.objectId, JSON.parse(last.detail).units_per_month]).toEqual([
      "plan.created",
      "team-1",
      10,
    ]);
    const user = await makeUser();
    const given = await api("PATCH", `/api/v1/admin/users/${user.id}`, {
      as: admin,
      body: { plan: "team-1" },
    });
    expect(given.status).toBe(200);
  });

  test("409 for an id that is taken, and nothing is written", async () => {
    const events = await db().auditEvent.count();
    const answer = await create({ id: "free", name: "Free again", description: "Twice." });
    expect([answer.status, answer.body.code]).toEqual([409, "plan.id_taken"]);
    expect(await db().auditEvent.count()).toBe(events);
  });

  test.each<[string, object]>([
    ["/id", { id: "Two words" }],
    ["/id", { id: "9lives" }],
    ["/name", { name: "" }],
    ["/users", { users: 1 }],
  ])("422 at %j: %j", async (pointer, change) => {
    const answer = await create({ id: "fine", name: "Fine", description: "Fine.", ...change });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe("DELETE /admin/plans/{id}", () => {
  const add = (id: string) =>
    api("POST", list, { as: admin, body: { id, name: "Short-lived", description: "For a test." } });
  const remove = (id: string) => api("DELETE", `${list}/${id}`, { as: admin });

  test("204: it is gone, its id is free again, and the log knows", async () => {
    await add("brief");
    expect((await remove("brief")).status).toBe(204);
    const last = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
    expect([last.action, last.objectId]).toEqual(["plan.deleted", "brief"]);
    expect((await remove("brief")).status).toBe(404);
    expect((await add("brief")).status).toBe(201);
  });

  test("409 while somebody has it, a deleted account too", async () => {
    await add("held");
    const user = await makeUser({ planId: "held", deletedAt: now() });
    expect([(await remove("held")).status, (await remove("held")).body.code]).toEqual([409, "plan.in_use"]);
    await db().user.update({ where: { id: user.id }, data: { planId: "free" } });
    expect((await remove("held")).status).toBe(204);
  });

  // A later plan of the same id would open the model to people whom nobody meant.
  test("409 while a model is for people on it", async () => {
    await add("gold");
    await add("gol");
    await makeModel({ access: { kind: "plans", ids: ["gold"] } });
    expect((await remove("gold")).body.code).toBe("plan.in_use");
    expect((await remove("gol")).status).toBe(204);
  });

  test("409 for the plan that new accounts begin on", async () => {
    expect((await remove("free")).body.code).toBe("plan.in_use");
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { inventory } from "@/app/api/inventory";
import { now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import type { planListView, planView } from "@/lib/plans/schema";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { clientOf, type Problem } from "@/lib/testing/request";

type Plan = z.infer<typeof planView>;

const api = clientOf(inventory);
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

  test.each<[string, unknown]>([
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

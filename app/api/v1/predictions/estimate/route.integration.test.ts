import { beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { nowMs } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { concurrencyPolicies } from "@/lib/limits/domain";
import { enter } from "@/lib/limits/limiter";
import type { LiveModel } from "@/lib/models/queries";
import { modelNumbers, noteCall } from "@/lib/predictions/numbers";
import { flushPredictions } from "@/lib/predictions/recorder";
import type { estimateView } from "@/lib/predictions/schema";
import { makeKey, makeModel, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api, type Call, type Problem } from "@/lib/testing/request";
import { dayOf, monthOf } from "@/lib/usage/domain";

type Estimate = z.output<typeof estimateView> & Problem;

const path = "/api/v1/predictions/estimate";
const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const three = { inputs: [setosa, setosa, setosa] };

let model: LiveModel;
beforeAll(async () => {
  model = await makeModel({ limits: { timeout_ms: 10_000 } });
});

type Plan = NonNullable<Parameters<ReturnType<typeof db>["plan"]["create"]>[0]>["data"];
let plans = 0;
/** Somebody new on a plan of their own. */
async function caller(plan: Partial<Plan>): Promise<SignedIn> {
  plans += 1;
  const id = `plan-${plans}`;
  const about = { id, name: "Of one", description: "For a test.", createdAt: new Date() };
  await db().plan.create({ data: { ...about, ...plan } as Plan });
  return signedIn(await makeUser({ planId: id }));
}
const estimate = (options: Call, body: object = { input: setosa }) =>
  api<Estimate>("POST", path, { ...options, body: { model: model.name, ...body } });
const used = (userId: string, unitsUsed: bigint, costUsed = 0n) =>
  db().usageAccount.create({
    data: {
      ...{ userId, month: monthOf(nowMs()), day: dayOf(nowMs()), unitsUsed, costUsed },
      ...{
        unitsReserved: 0n,
        unitsGranted: 0n,
        costReserved: 0n,
        dayCostUsed: costUsed,
        dayCostReserved: 0n,
      },
    },
  });

test("200: prices by call, row and the longest it may take; what it usually costs once that is known", async () => {
  const prices = { pricePerCall: 1_000_000n, pricePerRow: 500_000n, pricePerMs: 2_000n };
  const as = await caller(prices);
  const first = await estimate({ as }, three);
  expect(first).toMatchObject({
    status: 200,
    body: {
      model: model.name,
      version: 1,
      rows: 3,
      units: 3,
      currency: "EUR",
      would_pass: true,
      reason: null,
    },
  });
  // 0.001 for the call, 0.0005 for each row, and 0.000002 for each of 10,000 ms.
  expect([first.body.cost, first.body.cost_max]).toEqual([null, 0.0225]);
  for (let call = 0; call < 3; call += 1) noteCall(model.id, 1, 40.7, false);
  expect((await estimate({ as }, three)).body.cost).toBe(0.00258);
});

test("it is validated as the call is, with a pointer for every fault", async () => {
  const as = await caller({});
  const answer = await estimate({ as }, { input: { ...setosa, petal_width: "wide" } });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, "/input/petal_width"]);
  expect((await estimate({ as }, { model: "no-such-model", input: {} })).status).toBe(404);
  expect((await estimate({ as }, { version: 9, input: setosa })).body.code).toBe("model.version_not_found");
});

test("401 without a credential, 403 for a key that may not predict", async () => {
  expect((await estimate({})).status).toBe(401);
  const key = await makeKey(await makeUser(), { scopes: ["keys"] });
  expect((await estimate({ headers: key.headers })).status).toBe(403);
});

test("counts nothing: asked twenty times, no rate, unit, money or history has moved", async () => {
  const as = await caller({ perMinute: 1, unitsPerMonth: 1, budgetPerMonth: 1n, concurrency: 1 });
  const calls = modelNumbers(model.id).calls;
  for (let asked = 0; asked < 20; asked += 1)
    expect((await estimate({ as })).body).toMatchObject({ would_pass: true });
  await flushPredictions();
  const userId = as.user.id;
  expect([
    await db().usageAccount.count({ where: { userId } }),
    await db().usageReservation.count({ where: { userId } }),
    await db().prediction.count({ where: { userId } }),
    modelNumbers(model.id).calls - calls,
  ]).toEqual([0, 0, 0, 0]);
  const call = await api("POST", "/api/v1/predictions", { as, body: { model: model.name, input: setosa } });
  expect(call.status).toBe(200);
});

test("says that and why the quota or the budget would refuse it", async () => {
  const quota = await caller({ unitsPerMonth: 10 });
  await used(quota.user.id, 8n);
  expect((await estimate({ as: quota })).body.would_pass).toBe(true);
  const over = await estimate({ as: quota }, three);
  expect([over.status, over.body.would_pass, over.body.reason?.code]).toEqual([200, false, "quota.exceeded"]);
  expect(over.body.limits.find(({ name }) => name === "month_units")).toMatchObject({
    used: 8,
    remaining: 2,
  });

  const budget = await caller({ pricePerCall: 3n, budgetPerDay: 10n });
  await used(budget.user.id, 5n, 8n);
  expect((await estimate({ as: budget })).body.reason?.code).toBe("quota.budget_exceeded");
});

test("says so when there were too many calls, in a while or at once", async () => {
  const fast = await caller({ perMinute: 1 });
  await api("POST", "/api/v1/predictions", { as: fast, body: { model: model.name, input: setosa } });
  expect((await estimate({ as: fast })).body.reason?.code).toBe("rate.limited");
  const busy = await caller({ concurrency: 1 });
  const place = await enter(
    concurrencyPolicies(busy.actor, { perMinute: null, perHour: null, concurrency: 1 }),
  );
  expect((await estimate({ as: busy })).body.reason?.code).toBe("rate.too_many_at_once");
  if (place.isAllowed) place.release();
  expect((await estimate({ as: busy })).body.reason).toBeNull();
});

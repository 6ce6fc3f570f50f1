import { beforeEach, expect, test } from "vitest";
import type { CallLimits } from "../core/actor";
import { announceChange } from "../infra/bus";
import { moveClock } from "../infra/clock";
import { db } from "../infra/db/client";
import { makeAdmin, signedIn } from "../testing/factories";
import { changePlan } from "./commands";
import { currentPlan } from "./queries";

const write = (perMinute: number) => db().plan.update({ where: { id: "free" }, data: { perMinute } });
const perMinute = async () => (await currentPlan("free")).perMinute;
const isKnown = (limits: CallLimits | Promise<CallLimits>): limits is CallLimits =>
  !(limits instanceof Promise);

beforeEach(async () => {
  await write(10);
  announceChange(["*"]);
});

test("what was read is there at once for a second, and read again after that", async () => {
  expect(await perMinute()).toBe(10);
  await write(20);
  const known = currentPlan("free");
  expect(isKnown(known) && known.perMinute).toBe(10);
  moveClock(1_001);
  expect(isKnown(currentPlan("free"))).toBe(false);
  expect(await perMinute()).toBe(20);
});

// Seen failing: without onChange in keptPlans.
test("a change counts at once, wherever it was announced", async () => {
  const admin = await signedIn(await makeAdmin());
  expect(await perMinute()).toBe(10);
  await changePlan(admin.actor, "free", { limits: { per_minute: 30 } });
  expect(await perMinute()).toBe(30);
  await write(40);
  announceChange(["usr_other"]);
  expect(await perMinute()).toBe(30);
  announceChange(["*"]);
  expect(await perMinute()).toBe(40);
});

test("a read that a change overtook is not kept", async () => {
  const reading = currentPlan("free");
  announceChange(["free"]);
  await reading;
  expect(isKnown(currentPlan("free"))).toBe(false);
});

test("many who ask at once read once, and a failure is not kept", async () => {
  expect(currentPlan("free")).toBe(currentPlan("free"));
  await expect(currentPlan("none")).rejects.toThrow();
  expect(isKnown(currentPlan("none"))).toBe(false);
  await expect(currentPlan("none")).rejects.toThrow();
});

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newId } from "../core/ids";
import { db } from "../infra/db/client";
import type { LiveModel } from "../models/queries";
import { makeModel, makeUser, type SignedIn, signedIn } from "../testing/factories";
import { pickyModel } from "../testing/onnx-models";
import { flushUsage } from "../usage/ledger";
import { cancelTask } from "./commands/cancel-task";
import { claimPiece } from "./commands/claim-piece";
import { createTask } from "./commands/create-task";
import { endPiece } from "./commands/end-piece";
import { inTurn, tasksInOrder } from "./commands/next-task";
import { resumeTask } from "./commands/resume-task";
import { type Access, accessOf } from "./commands/task-access";
import { workPiece } from "./commands/work-piece";
import { getTask, readResults } from "./queries";
import { startTasks, stopTasks } from "./worker";

const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const perRow = 3_000_000n;
const still = new AbortController().signal;
const noExpenses = { perCall: 0, perRow: 0, perMs: 0, perToken: 0 };

let flowers: LiveModel;
beforeAll(async () => {
  flowers = await makeModel();
});
beforeEach(async () => {
  await stopTasks();
  await db().task.deleteMany();
});
afterAll(() => stopTasks());

async function payer(unitsPerMonth = 100_000): Promise<SignedIn> {
  const { createdAt } = await db().plan.findUniqueOrThrow({ where: { id: "owner" } });
  const id = newId("grn").toLowerCase();
  const plan = { id, name: id, description: "", createdAt, unitsPerMonth, pricePerRow: perRow };
  await db().plan.create({ data: plan });
  return signedIn(await makeUser({ planId: id }));
}

const create = (as: SignedIn, rows: number, inputs = Array.from({ length: rows }, () => setosa)) =>
  createTask(as.actor, { name: "A task", note: "", model: flowers.name }, { inputs });

async function outcomeOf(as: SignedIn, id: string) {
  await flushUsage();
  const rows: number[] = [];
  for await (const { results } of readResults(id))
    for (const { row, status } of results) if (status === "succeeded") rows.push(row);
  const task = await getTask(as.actor, id);
  const account = await db().usageAccount.findFirst({ where: { userId: as.user.id } });
  const subjects = await db().usageSubject.findMany({ where: { userId: as.user.id } });
  const calls = await db().usageCall.findMany({
    where: { subject: { in: subjects.map((each) => each.number) } },
  });
  const counted = await db().usageCounter.findMany({
    where: { grain: 2, subject: { in: subjects.map((each) => each.number) } },
  });
  return {
    state: task.state,
    rows,
    done: task.rowsDone,
    units: Number(task.unitsCharged),
    cost: task.costCharged,
    used: Number(account?.unitsUsed ?? 0),
    paid: account?.costUsed ?? 0n,
    reserved: Number(account?.unitsReserved ?? 0),
    held: await db().usageReservation.count({ where: { userId: as.user.id } }),
    recorded: calls.reduce((sum, call) => sum + call.units, 0),
    counted: counted.reduce((sum, each) => sum + Number(each.units), 0),
  };
}

const everyRow = (rows: number) => Array.from({ length: rows }, (_, index) => index + 1);
const complete = (rows: number) => ({
  ...{
    state: "succeeded",
    rows: everyRow(rows),
    done: rows,
    units: rows,
    used: rows,
    recorded: rows,
    counted: rows,
  },
  ...{ cost: perRow * BigInt(rows), paid: perRow * BigInt(rows), reserved: 0, held: 0 },
});

const whenOver = (as: SignedIn, id: string) =>
  vi.waitFor(async () => expect((await getTask(as.actor, id)).endedAt).not.toBeNull(), {
    timeout: 30_000,
    interval: 20,
  });

const ready = async (id: string): Promise<Extract<Access, { kind: "ready" }>> => {
  const access = await accessOf(await db().task.findUniqueOrThrow({ where: { id } }));
  if (access.kind !== "ready") throw new Error(access.kind);
  return access;
};
const claim = async (id: string) => claimPiece(await db().task.findUniqueOrThrow({ where: { id } }));

describe("whose turn it is", () => {
  test("one person's thousand pieces do not stand in the way of another's one", async () => {
    const [first, second] = [await payer(), await payer()];
    const large = await create(first, 600);
    const more = await create(first, 100);
    const small = await create(second, 10);
    const served: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const [task] = await tasksInOrder();
      const piece = task && (await claimPiece(task));
      if (!piece) break;
      served.push(task.userId === second.user.id ? "small" : "large");
      await workPiece(piece, await ready(task.id), still);
    }
    expect(served.slice(0, 2).sort()).toEqual(["large", "small"]);
    expect((await getTask(second.actor, small.id)).state).toBe("succeeded");
    // And of one person's own tasks the second is not the last either.
    expect((await getTask(first.actor, more.id)).state).toBe("succeeded");
    expect((await getTask(first.actor, large.id)).state).toBe("running");
  });

  test("the user who was served last comes last, with all tasks", () => {
    const task = (userId: string, at: number) => ({ userId, servedAt: new Date(at) });
    const order = inTurn([task("a", 1), task("a", 9), task("b", 5), task("c", 7)]);
    expect(order.map(({ userId, servedAt }) => `${userId}${servedAt.getTime()}`)).toEqual([
      "b5",
      "c7",
      "a1",
      "a9",
    ]);
  });
});

describe("exactly once", () => {
  // Seen failing: when the piece's own statement in end-piece.ts is not required, the rows count more than once and the task never ends.
  test("a piece whose worker was thought dead ends once, whoever comes first", async () => {
    const as = await payer();
    const { id } = await create(as, 30);
    const late = await claim(id);
    await db().taskPiece.updateMany({ where: { taskId: id }, data: { claimedUntil: new Date(1) } });
    const next = await claim(id);
    expect([late?.number, next?.number, next?.claim === late?.claim]).toEqual([0, 0, false]);
    const ran = { results: everyRow(30), queueMs: 0, workMs: 1, tokens: 0 };
    await Promise.all([late, next, next].map((piece) => piece && endPiece(piece, ran, noExpenses)));
    startTasks();
    await whenOver(as, id);
    expect(await outcomeOf(as, id)).toEqual(complete(30));
  });

  test("a piece that is claimed is nobody else's; of many who ask at once each gets another", async () => {
    const as = await payer();
    const { id } = await create(as, 500);
    const pieces = await Promise.all(Array.from({ length: 8 }, () => claim(id)));
    expect(pieces.flatMap((piece) => piece?.number ?? []).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test("cancelled and resumed at any moment, by several at once: each row runs and is paid once", async () => {
    const as = await payer();
    const { id } = await create(as, 1_500);
    startTasks();
    for (let round = 0; round < 12; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      const acts = Array.from({ length: 3 }, () =>
        Math.random() < 0.5 ? cancelTask(as.actor, id) : resumeTask(as.actor, id),
      );
      await Promise.allSettled(acts);
      const { rows, done, reserved, held, state } = await outcomeOf(as, id);
      expect(new Set(rows).size).toBe(rows.length);
      if (state === "cancelled") expect([reserved, held, rows.length]).toEqual([0, 0, done]);
    }
    await vi.waitFor(
      async () => {
        await resumeTask(as.actor, id).catch(() => {});
        expect((await getTask(as.actor, id)).state).toBe("succeeded");
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(await outcomeOf(as, id)).toEqual(complete(1_500));
  });

  test("what is put back when the process ends is run by the next one", async () => {
    const as = await payer();
    const { id } = await create(as, 700);
    for (let round = 0; round < 4; round += 1) {
      startTasks();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
      await stopTasks();
    }
    startTasks();
    await whenOver(as, id);
    expect(await outcomeOf(as, id)).toEqual(complete(700));
  });
});

describe("what stands in the way", () => {
  test("rows that the model cannot work on fail, cost nothing, and can be tried again", async () => {
    const as = await payer();
    const picky = await makeModel({ file: pickyModel() });
    const inputs = [{ index: 1 }, { index: 99 }];
    const task = await createTask(as.actor, { name: "P", note: "", model: picky.name }, { inputs });
    startTasks();
    await whenOver(as, task.id);
    expect(await getTask(as.actor, task.id)).toMatchObject({
      state: "failed",
      code: "model.failed",
      rowsFailed: 2,
    });
    expect(await outcomeOf(as, task.id)).toMatchObject({ used: 0, paid: 0n, reserved: 0, held: 0, rows: [] });
    expect((await resumeTask(as.actor, task.id)).state).toBe("queued");
  });

  test("a disabled account and a paused model wait; a deleted model fails the task", async () => {
    const as = await payer();
    const own = await makeModel();
    const inputs = [setosa];
    const { id } = await createTask(as.actor, { name: "P", note: "", model: own.name }, { inputs });
    const access = async () => accessOf(await db().task.findUniqueOrThrow({ where: { id } }));
    expect((await access()).kind).toBe("ready");
    await db().user.update({ where: { id: as.user.id }, data: { disabledAt: new Date() } });
    expect(await access()).toEqual({ kind: "waits" });
    await db().user.update({ where: { id: as.user.id }, data: { disabledAt: null } });
    await db().task.update({ where: { id }, data: { modelId: "mdl_gone" } });
    expect(await access()).toEqual({ kind: "fails", code: "model.not_found" });
    startTasks();
    await whenOver(as, id);
    expect(await outcomeOf(as, id)).toMatchObject({ state: "failed", held: 0, reserved: 0 });
  });
});

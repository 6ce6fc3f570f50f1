import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import type { Worker } from "node:worker_threads";
import bcrypt from "bcryptjs";
import { expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { singleton, takeSingleton } from "../singleton";
import { hashInWorker } from "./worker-pool";

const quick = (text: string) => hashInWorker({ text, cost: 4 });

test("many jobs at once each get their own answer", async () => {
  const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
  const hashes = (await Promise.all(texts.map(quick))) as string[];
  const checks = await Promise.all(
    texts.map((text, index) => hashInWorker({ text, hash: hashes[index] ?? "" })),
  );
  expect(checks.every((isRight) => isRight === true)).toBe(true);
  expect(await hashInWorker({ text: "text 1", hash: hashes[0] ?? "" })).toBe(false);
});

test("a job that fails is an error of that job alone", async () => {
  await expect(hashInWorker({ text: 7 as unknown as string, cost: 4 })).rejects.toThrow();
  expect(await bcrypt.compare("x", (await quick("x")) as string)).toBe(true);
});

test("the request loop stays free while bcrypt works", async () => {
  const before = performance.eventLoopUtilization();
  await Promise.all(Array.from({ length: 4 }, (_, index) => hashInWorker({ text: `${index}`, cost: 11 })));
  // The part of the time in which this thread had anything to do: all of it, if the work were done here.
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
});

// Seen failing: without the queueMax line all 400 are taken in.
test("beyond a full queue a job is refused at once as auth.busy with Retry-After, and later ones are taken again", async () => {
  const jobs = Array.from({ length: 400 }, () => quick("x").catch((error: unknown) => error));
  const results = await Promise.all(jobs);
  const refused = results.filter((result) => result instanceof AppError);
  const workers = Math.max(1, Math.min(4, availableParallelism() - 1));
  expect(refused).toHaveLength(400 - 200 - workers);
  for (const error of refused) expect(error).toMatchObject({ code: "auth.busy", retryAfterSeconds: 10 });
  expect(await quick("x")).toMatch(/^\$2/);
});

// Seen failing: without `this.count -= 1` in the exit handler the last test waits for ever.
test("a worker that dies fails its job and is replaced", async () => {
  const workers = singleton("password-workers", () => {
    throw new Error("the pool was not made yet");
  }) as { running: Map<Worker, unknown> };
  for (let round = 0; round < 3; round += 1) {
    const slow = hashInWorker({ text: "x", cost: 14 });
    const failed = expect(slow).rejects.toThrow("the hashing worker stopped");
    const waiting = quick("next");
    expect(workers.running.size).toBeGreaterThan(0);
    for (const worker of workers.running.keys()) await worker.terminate();
    await failed;
    await waiting.catch(() => {});
    expect(await quick("after")).toMatch(/^\$2/);
  }
  takeSingleton("password-workers");
});

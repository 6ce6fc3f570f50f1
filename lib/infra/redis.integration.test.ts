import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { collectedLog } from "../testing/leaks";
import { freePort } from "../testing/postgres";
import { type RedisServer, startRedis, useRedis } from "../testing/redis";
import { renderMetrics } from "./metrics";
import { askRedis, closeRedis, isRedisConfigured, isRedisUp, redisEpoch } from "./redis";

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
beforeEach(() => useRedis(server.url));
afterAll(async () => {
  await useRedis(undefined);
  await server.stop();
});

const ping = async () => askRedis((redis) => redis.ping());
const warnings = () => collectedLog().filter((line) => line.includes("Redis does not answer")).length;
const isBack = () => vi.waitFor(async () => expect(await ping()).toBe("PONG"), { timeout: 8_000 });
/** Not even a promise: nobody waits. */
const isAnsweredAtOnce = () => askRedis((redis) => redis.ping()) === undefined;

test("without REDIS_URL there is none, and nobody asks", async () => {
  await useRedis(undefined);
  expect([isRedisConfigured(), isRedisUp(), isAnsweredAtOnce()]).toEqual([false, false, true]);
});

test("the first question waits for the connection", async () => {
  expect(await ping()).toBe("PONG");
  expect(isRedisUp()).toBe(true);
  expect(renderMetrics()).toContain("adyton_redis_up 1\n");
});

test("a server that is not there costs a moment once, and is no error", async () => {
  await useRedis(`redis://127.0.0.1:${await freePort()}`);
  expect(await ping()).toBeUndefined();
  expect(isAnsweredAtOnce()).toBe(true);
  expect(isRedisUp()).toBe(false);
});

// Seen failing: without inTime, when ioredis waits for its own, longer time.
test("one that stops answering is waited for once, reported once, and found again", async () => {
  await isBack();
  const [epoch, reported] = [redisEpoch(), warnings()];
  server.pause();
  expect(await Promise.all([ping(), ping(), ping()])).toEqual([undefined, undefined, undefined]);
  for (let again = 0; again < 25; again += 1) {
    expect(isAnsweredAtOnce()).toBe(true);
    await sleep(100);
  }
  expect(warnings() - reported).toBe(1);
  expect(renderMetrics()).toContain("adyton_redis_up 0\n");
  expect(renderMetrics()).toContain("adyton_redis_outages_total 1\n");
  server.resume();
  await isBack();
  expect(redisEpoch()).toBeGreaterThan(epoch);
  expect(renderMetrics()).toContain("adyton_redis_up 1\n");
});

test("one that was restarted is known to have forgotten, although nobody was waiting", async () => {
  await isBack();
  const epoch = redisEpoch();
  await server.kill();
  await server.startAgain();
  await isBack();
  expect(redisEpoch()).toBeGreaterThan(epoch);
});

// Seen failing: with the error itself in the log line.
test("one that refuses the password is reported with the reason, and the password stays unsaid", async () => {
  await isBack();
  await askRedis((redis) => redis.config("SET", "requirepass", "the-right-one"));
  await useRedis(server.url.replace("//", "//:a-wrong-and-secret-one@"));
  expect(await ping()).toBeUndefined();
  await vi.waitFor(() => expect(collectedLog().join("")).toContain("WRONGPASS"));
  expect(collectedLog().join("")).not.toContain("a-wrong-and-secret-one");
  await useRedis(server.url.replace("//", "//:the-right-one@"));
  await askRedis((redis) => redis.config("SET", "requirepass", ""));
});

test("after closing, nothing keeps the process and nothing is reported", async () => {
  await isBack();
  const reported = warnings();
  await closeRedis();
  await sleep(300);
  expect(warnings()).toBe(reported);
});

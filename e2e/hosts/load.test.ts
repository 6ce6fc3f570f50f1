import { availableParallelism, loadavg } from "node:os";
import { expect, test } from "vitest";
import type { Client } from "../support/client";
import { createPerson, type Person, signInAdmin } from "../support/people";
import { type Host, type LoopDelay, startHost } from "../support/start-host";

// Seen failing: with bcrypt on the request loop (`verifyPassword` calling bcrypt.compareSync itself) the other routes
// get four answers in all that time.

const people = 5;
const devicesEach = 10;
const loopDelayMsMax = 50;

type Load = { statuses: number[]; meanwhile: { statuses: number[]; slowestMs: number }; loop: LoopDelay };

/** On a machine that has more to do than this test, our part of the delay counts; on a quiet one, all of it. */
const isMachineBusy = (): boolean => (loadavg()[0] ?? 0) > 2 * availableParallelism();

/** As many devices as the limit per e-mail lets in at once, each from an address of its own. */
async function signInTogether(host: Host, crowd: Person[], round: number, admin: Client): Promise<Load> {
  const devices = crowd.flatMap((person, index) =>
    Array.from({ length: devicesEach }, (_, device) => {
      const client = host.client();
      client.fixedHeaders["x-forwarded-for"] = `10.${round}.${index}.${device}`;
      return { person, client };
    }),
  );
  await host.measureLoop();
  let isBusy = true;
  const meanwhile = watchOtherRoutes(admin, host, () => isBusy);
  const answers = await Promise.all(
    devices.map(({ person, client }) => client.signIn(person.email, person.password)),
  );
  isBusy = false;
  const others = await meanwhile;
  return { statuses: answers.map(({ status }) => status), meanwhile: others, loop: await host.reportLoop() };
}

async function watchOtherRoutes(admin: Client, host: Host, isBusy: () => boolean) {
  const stranger = host.client();
  const statuses: number[] = [];
  let slowestMs = 0;
  while (isBusy()) {
    for (const [client, path] of [
      [admin, "/api/auth/me"],
      [admin, "/api/v1/admin/users"],
      [stranger, "/api/health/ready"],
      [stranger, "/login"],
    ] as const) {
      const startedAt = performance.now();
      statuses.push((await client.get(path)).status);
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return { statuses, slowestMs };
}

test("50 parallel logins on SQLite all succeed, and other routes answer meanwhile", async () => {
  const host = await startHost({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
  try {
    const admin = await signInAdmin(host);
    const crowd: Person[] = [];
    for (let index = 0; index < people; index += 1) crowd.push(await createPerson(host, admin));
    let best = Number.POSITIVE_INFINITY;
    // A burst of somebody else's work delays everybody's event loop: it gets a second chance.
    for (let round = 1; round <= 2 && best >= loopDelayMsMax; round += 1) {
      const { statuses, meanwhile, loop } = await signInTogether(host, crowd, round, admin);
      expect(statuses).toEqual(Array(people * devicesEach).fill(200));
      expect(meanwhile.statuses.length).toBeGreaterThan(20);
      expect(new Set(meanwhile.statuses)).toEqual(new Set([200]));
      expect(loop.samples).toBeGreaterThan(100);
      best = Math.min(best, isMachineBusy() ? loop.p99Own : loop.p99);
      console.log(
        `event loop while ${statuses.length} people sign in: p99 ${loop.p99.toFixed(1)} ms (own work ` +
          `${loop.p99Own.toFixed(1)} ms), longest ${loop.max.toFixed(0)} ms; slowest of ` +
          `${meanwhile.statuses.length} other answers ${meanwhile.slowestMs.toFixed(0)} ms`,
      );
    }
    expect(best).toBeLessThan(loopDelayMsMax);
  } finally {
    await host.stop();
  }
}, 180_000);

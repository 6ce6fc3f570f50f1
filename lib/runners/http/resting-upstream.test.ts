import { afterEach, describe, expect, test } from "vitest";
import { moveClock, resetClock } from "../../infra/clock";
import { upstreamTarget } from "../../testing/upstream-targets";
import { sendJson, startUpstream, type UpstreamServer } from "../../testing/upstreams";
import type { UpstreamTarget } from "../domain";
import { failuresMax, restMinMs } from "./breaker";
import { readRetryAfter } from "./outcome";
import { askUpstreamRows, closeUpstreams, retireUpstream, upstreamReport } from "./upstream";

let server: UpstreamServer | undefined;
afterEach(async () => {
  resetClock();
  await closeUpstreams();
  await server?.stop();
});

type Reply = { status: number; headers?: Record<string, string>; afterMs?: number };
let asked = 0;
async function serve(reply: () => Reply): Promise<UpstreamTarget> {
  asked = 0;
  server = await startUpstream((_request, response) => {
    asked += 1;
    const { status, headers = {}, afterMs = 0 } = reply();
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    setTimeout(() => sendJson(response, status, { detail: "as it is" }), afterMs);
  });
  return upstreamTarget(server.url);
}
const call = (target: UpstreamTarget, timeoutMs = 2_000) =>
  askUpstreamRows(target, [{ x: 1 }], { timeoutMs }).then(
    () => "answered",
    ({ code }) => code as string,
  );

describe("a service that fails", () => {
  // Seen failing: with Breaker.waitMs always 0, every call reached the service.
  test("is left alone after five failures, tried by one call after the rest, and back after a success", async () => {
    let reply: Reply = { status: 502 };
    const target = await serve(() => reply);
    for (let failure = 0; failure < failuresMax; failure += 1)
      expect(await call(target)).toBe("upstream.unreachable");
    expect(upstreamReport(target.id)).toMatchObject({
      state: "failing",
      reason: 'It answered 502: {"detail":"as it is"}',
    });

    const resting = await askUpstreamRows(target, [{}], { timeoutMs: 1_000 }).catch((error) => error);
    expect(resting).toMatchObject({ code: "upstream.resting", retryAfterSeconds: restMinMs / 1_000 });
    expect(asked).toBe(failuresMax);

    moveClock(restMinMs);
    reply = { status: 502, afterMs: 100 };
    const codes = await Promise.all(Array.from({ length: 20 }, () => call(target)));
    expect(codes.filter((code) => code !== "upstream.resting")).toEqual(["upstream.unreachable"]);
    expect(asked).toBe(failuresMax + 1);

    moveClock(restMinMs);
    expect(await call(target)).toBe("upstream.resting");
    moveClock(restMinMs);
    reply = { status: 200 };
    expect(await call(target)).toBe("answered");
    expect(upstreamReport(target.id)).toMatchObject({ state: "ready", reason: null });
    expect(await Promise.all([call(target), call(target)])).toEqual(["answered", "answered"]);
  });

  test("calls that were waiting for their turn do not go on to fail one by one", async () => {
    const target = await serve(() => ({ status: 502, afterMs: 50 }));
    const codes = await Promise.all(Array.from({ length: 100 }, () => call(target)));
    expect(asked).toBeLessThanOrEqual(16 + failuresMax);
    expect(codes.filter((code) => code === "upstream.resting").length).toBe(100 - asked);
  });

  test("nobody listening: unreachable, then left alone", async () => {
    const target = await serve(() => ({ status: 200 }));
    await server?.stop();
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) codes.push(await call(target));
    expect(codes).toEqual([...Array(5).fill("upstream.unreachable"), "upstream.resting"]);
    expect(upstreamReport(target.id).reason).toBe("Nothing accepts connections at its address.");
  });
});

describe("what counts as a failure", () => {
  test.each([
    [400, "model.failed", false],
    [401, "upstream.invalid_answer", true],
    [403, "upstream.invalid_answer", true],
    [404, "upstream.invalid_answer", true],
    [413, "model.failed", false],
    [422, "model.failed", false],
    [429, "model.busy", true],
    [500, "model.failed", false],
    [502, "upstream.unreachable", true],
    [503, "model.busy", true],
    [504, "upstream.unreachable", true],
  ] as const)("%i is %s", async (status, code, isCounted) => {
    const target = await serve(() => ({ status }));
    for (let attempt = 0; attempt < failuresMax; attempt += 1) expect(await call(target)).toBe(code);
    expect(await call(target)).toBe(isCounted ? "upstream.resting" : code);
  });

  test.each([429, 503])("%i with Retry-After: left alone for exactly so long", async (status) => {
    let reply: Reply = { status, headers: { "retry-after": "7" } };
    const target = await serve(() => reply);
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(askUpstreamRows(target, [{}], { timeoutMs: 1_000 })).rejects.toMatchObject({
        code: "upstream.resting",
        retryAfterSeconds: 7,
      });
    expect(asked).toBe(1);
    reply = { status: 200 };
    moveClock(7_000);
    expect(await call(target)).toBe("answered");
  });

  // Seen failing: with every timeout counted.
  test("callers who want a quick answer cannot shut out the patient", async () => {
    const target = await serve(() => ({ status: 200, afterMs: 300 }));
    expect(await call(target, 2_000)).toBe("answered");
    for (let attempt = 0; attempt < 8; attempt += 1) expect(await call(target, 20)).toBe("model.timed_out");
    expect(await call(target, 2_000)).toBe("answered");
  });

  test("silence for the whole time limit counts", async () => {
    const target = await serve(() => ({ status: 200, afterMs: 5_000 }));
    for (let attempt = 0; attempt < failuresMax; attempt += 1)
      expect(await call(target, 100)).toBe("model.timed_out");
    expect(await call(target, 100)).toBe("upstream.resting");
  });
});

describe("retired and closed", () => {
  test("a retired version finishes its calls, then closes its connections", async () => {
    const target = await serve(() => ({ status: 200, afterMs: 200 }));
    const running = call(target);
    await new Promise((resolve) => setTimeout(resolve, 50));
    retireUpstream(target.id);
    expect(await running).toBe("answered");
    await expect.poll(() => server?.connections().open).toBe(0);
    expect(upstreamReport(target.id).state).toBe("idle");
  });

  test("at the end of the process everything is closed at once", async () => {
    const target = await serve(() => ({ status: 200, afterMs: 5_000 }));
    const running = call(target);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await closeUpstreams();
    expect(await running).toBe("upstream.unreachable");
    await expect.poll(() => server?.connections().open).toBe(0);
  });
});

test.each([
  ["5", 5],
  ["0", 1],
  [" 30 ", 30],
  ["999999", 60],
  ["Sat, 21 Nov 2026 12:00:10 GMT", 10],
  ["Sat, 21 Nov 2026 11:00:00 GMT", 1],
  ["soon", null],
  ["", null],
  ["-5", null],
  [undefined, null],
])("Retry-After: %s", (value, seconds) =>
  expect(readRetryAfter(value, Date.UTC(2026, 10, 21, 12))).toBe(seconds),
);

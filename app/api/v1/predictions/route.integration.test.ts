import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { db } from "@/lib/infra/db/client";
import { concurrencyPolicies } from "@/lib/limits/domain";
import { countRunning } from "@/lib/limits/limiter";
import type { LiveModel } from "@/lib/models/queries";
import { modelNumbers } from "@/lib/predictions/numbers";
import { flushPredictions } from "@/lib/predictions/recorder";
import type { predictView } from "@/lib/predictions/schema";
import {
  makeAdmin,
  makeKey,
  makeModel,
  makeUser,
  type SignedIn,
  signedIn,
  type WithKey,
} from "@/lib/testing/factories";
import { spinningModel } from "@/lib/testing/onnx-models";
import { api, type Call, type Problem } from "@/lib/testing/request";

type Prediction = Omit<z.output<typeof predictView>, "status"> & Omit<Problem, "status">;

const path = "/api/v1/predictions";
const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const virginica = { sepal_length: 6.7, sepal_width: 3, petal_length: 5.2, petal_width: 2.3 };
/** Some ten seconds of one processor, unless it is stopped. */
const longSpin = { turns: 1_000_000 };
const spinSignature = {
  columns: [{ name: "turns", kind: "integer" as const }],
  result: { kind: "fields" as const, fields: [{ name: "done", kind: "number" as const }] },
};

const makeSpinner = (timeout_ms: number) =>
  makeModel({
    file: spinningModel(),
    signature: spinSignature,
    limits: { timeout_ms, runners_max: 1, queue_max: 1, is_batched: false },
  });
const noLimits = { perMinute: null, perHour: null, concurrency: null };

let admin: SignedIn;
let caller: SignedIn;
let flowers: LiveModel;
let spinner: LiveModel;

beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
  caller = await signedIn(await makeUser({ planId: "owner" }));
  flowers = await makeModel();
  spinner = await makeSpinner(700);
});

const call = (body: unknown, options: Call = { as: caller }) =>
  api<Prediction>("POST", path, { ...options, body });
const onFlowers = (rest: object, options?: Call) => call({ model: flowers.name, ...rest }, options);
const keyed = (key: string): Call => ({ as: caller, headers: { "idempotency-key": key } });
const rowsOf = async (model: LiveModel) => {
  await flushPredictions();
  return db().prediction.findMany({ where: { modelId: model.id }, orderBy: { createdAt: "asc" } });
};
const limited = async (limits: { perMinute?: number; concurrency?: number }) => {
  const user = await makeUser({ planId: "owner" });
  const own = {
    per_minute: limits.perMinute ?? null,
    per_hour: null,
    concurrency: limits.concurrency ?? null,
  };
  return makeKey(user, { limits: own });
};

/** Its place is taken before anybody else asks for one. */
const isRunning = (key: WithKey) =>
  expect
    .poll(() => countRunning(concurrencyPolicies(key.actor, noLimits)), { interval: 5, timeout: 10_000 })
    .toEqual([1]);

describe("200", () => {
  test("one row: the whole answer, and nothing else", async () => {
    const { status, body, headers } = await onFlowers({ input: setosa });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^prd_/),
      model: flowers.name,
      version: 1,
      status: "succeeded",
      output: { label: "setosa", probability: expect.any(Number), probabilities: expect.any(Object) },
      metrics: { predict_ms: expect.any(Number), queue_ms: expect.any(Number) },
      usage: { units: 1, cost: 0 },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.has("preference-applied")).toBe(false);
  });

  test("several rows: one result each, in their order, also when there is only one", async () => {
    const { body } = await onFlowers({ inputs: [setosa, virginica, setosa] });
    expect(body.outputs).toMatchObject([{ label: "setosa" }, { label: "virginica" }, { label: "setosa" }]);
    expect([body.usage.units, "output" in body]).toEqual([3, false]);
    expect((await onFlowers({ inputs: [virginica] })).body.outputs).toMatchObject([{ label: "virginica" }]);
  });

  test.each([1, "1", "stable"])("the version %j", async (version) =>
    expect((await onFlowers({ version, input: setosa })).body.version).toBe(1),
  );

  test("by every kind of credential that may predict", async () => {
    const key = await makeKey(await makeUser({ planId: "owner" }), { models: [flowers.name] });
    expect((await onFlowers({ input: setosa }, { headers: key.headers })).status).toBe(200);
  });

  test("Prefer: wait is applied and said so; respond-async is a wish that is left out", async () => {
    const prefer = (text: string): Call => ({ as: caller, headers: { prefer: text } });
    const bounded = await onFlowers({ input: setosa }, prefer("respond-async, wait=5"));
    expect([bounded.status, bounded.headers.get("preference-applied")]).toEqual([200, "wait=5"]);
    const ignored = await onFlowers({ input: setosa }, prefer("respond-async"));
    expect([ignored.status, ignored.headers.has("preference-applied")]).toEqual([200, false]);
  });
});

describe("what cannot be read", () => {
  test("400 for a body that is no JSON, 415 for another type, 413 for one that is too large", async () => {
    expect((await call("{")).status).toBe(400);
    const typed = { as: caller, headers: { "content-type": "text/plain" } };
    expect((await call(JSON.stringify({ model: flowers.name, input: setosa }), typed)).status).toBe(415);
    const large = await call({ model: flowers.name, input: { text: "x".repeat(1_100_000) } });
    expect([large.status, large.body.code]).toEqual([413, "request.too_large"]);
  });
});

describe("who may not", () => {
  test("401 without a credential", async () =>
    expect((await onFlowers({ input: setosa }, {})).status).toBe(401));

  test("403 with a key that was made for something else", async () => {
    const key = await makeKey(await makeUser(), { scopes: ["keys"] });
    const answer = await onFlowers({ input: setosa }, { headers: key.headers });
    expect(answer).toMatchObject({ status: 403, body: { code: "auth.scope_missing", scope: "predict" } });
  });

  test("404 for a model that is not there, or not for this caller, in the same words", async () => {
    const hidden = await makeModel({ access: { kind: "users", ids: [admin.user.id] } });
    const key = await makeKey(await makeUser(), { models: ["another-model"] });
    const answers = [
      await call({ model: "no-such-model", input: {} }),
      await call({ model: hidden.name, input: setosa }),
      await onFlowers({ input: setosa }, { headers: key.headers }),
    ];
    for (const { status, body } of answers)
      expect([status, body.code, body.detail]).toEqual([404, "model.not_found", "There is no such model."]);
    expect((await call({ model: hidden.name, input: setosa }, { as: admin })).status).toBe(200);
  });

  test.each([2, "next", "99"])("404 for the version %j that it does not have", async (version) => {
    const answer = await onFlowers({ version, input: setosa });
    expect(answer).toMatchObject({ status: 404, body: { code: "model.version_not_found" } });
  });
});

describe("422, with a pointer for every fault, and nothing counted", () => {
  const pointers = async (rest: object) => {
    const { status, body } = await onFlowers(rest);
    expect(status).toBe(422);
    for (const { message, fix } of body.errors ?? []) expect([message, fix]).not.toContain("");
    return body.errors?.map(({ pointer }) => pointer);
  };

  test.each<[string, object, string[]]>([
    ["neither input nor inputs", {}, ["/input"]],
    ["both", { input: setosa, inputs: [setosa] }, ["/input"]],
    ["no rows", { inputs: [] }, ["/inputs"]],
    ["an unknown member", { input: setosa, extra: 1 }, ["/extra"]],
    ["a wrong version", { input: setosa, version: "01" }, ["/version"]],
    ["a wrong type", { input: { ...setosa, sepal_width: "wide" } }, ["/input/sepal_width"]],
    ["out of range", { inputs: [setosa, { ...setosa, petal_width: 99 }] }, ["/inputs/1/petal_width"]],
    ["an unknown column", { input: { ...setosa, colour: "blue" } }, ["/input/colour"]],
    [
      "several at once",
      {
        inputs: [
          { ...setosa, petal_width: null },
          { ...setosa, petal_width: -1 },
        ],
      },
      ["/inputs/0/petal_width", "/inputs/1/petal_width"],
    ],
  ])("%s", async (_what, rest, expected) => expect(await pointers(rest)).toEqual(expected));

  // Seen failing: with the call noted before its rows are read.
  test("leaves no trace in numbers, history and places", async () => {
    const before = [modelNumbers(flowers.id).calls, (await rowsOf(flowers)).length];
    await onFlowers({ input: { ...setosa, petal_width: "wide" } });
    await onFlowers({ inputs: Array(1_001).fill(setosa) });
    expect([modelNumbers(flowers.id).calls, (await rowsOf(flowers)).length]).toEqual(before);
  });
});

describe("429", () => {
  test("when the key has had its calls; the refused one runs nothing", async () => {
    const key = await limited({ perMinute: 2 });
    const before = modelNumbers(flowers.id).calls;
    const statuses = [];
    for (let count = 0; count < 3; count += 1)
      statuses.push((await onFlowers({ input: setosa }, { headers: key.headers })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(modelNumbers(flowers.id).calls - before).toBe(2);
  });

  // Seen failing: with the place released at once in makeCall, both are let in.
  test("while as many calls run as the key may have at once, and not after they ended, however they did", async () => {
    const key = await limited({ concurrency: 1 });
    const { name } = await makeSpinner(3_000);
    const running = call({ model: name, input: longSpin }, { headers: key.headers });
    await isRunning(key);
    const refused = await onFlowers({ input: setosa }, { headers: key.headers });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({
      code: "rate.too_many_at_once",
      "violated-policies": ["key-concurrency"],
    });
    expect((await running).status).toBe(504);
    expect((await onFlowers({ input: setosa }, { headers: key.headers })).status).toBe(200);
  });
});

describe("a model that cannot answer", () => {
  test("504 at its limit, and at the caller's own when that is shorter; both are in the history with their code", async () => {
    const late = await call({ model: spinner.name, input: longSpin });
    expect([late.status, late.body.code]).toEqual([504, "model.timed_out"]);
    const impatient = await makeModel({ file: spinningModel(), signature: spinSignature });
    const own = { as: caller, headers: { prefer: "wait=1" } };
    const answer = await call({ model: impatient.name, input: longSpin }, own);
    expect([answer.status, answer.body.detail]).toEqual([504, expect.stringContaining("within the 1 s")]);
    expect(await rowsOf(impatient)).toMatchObject([{ status: "failed", code: "model.timed_out", rows: 1 }]);
    expect(modelNumbers(impatient.id)).toMatchObject({ calls: 1, errors: 1, rows: 0 });
  });

  test("503 with Retry-After when more wait than it takes", async () => {
    const calls = Array.from({ length: 5 }, () => call({ model: spinner.name, input: longSpin }));
    const answers = await Promise.all(calls);
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const { body, headers } of busy) {
      expect(body.code).toBe("model.busy");
      expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    }
    expect(answers.filter(({ status }) => ![503, 504].includes(status))).toEqual([]);
  });

  test("503 while it is paused, also by its number", async () => {
    const { name } = await makeModel();
    const pause = (is_paused: boolean) =>
      api("PATCH", `/api/v1/admin/models/${name}`, { as: admin, body: { is_paused } });
    expect((await pause(true)).status).toBe(200);
    const answer = await call({ model: name, version: 1, input: setosa });
    expect([answer.status, answer.body.code]).toEqual([503, "model.paused"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await pause(false);
    expect((await call({ model: name, input: setosa })).status).toBe(200);
  });
});

describe("Idempotency-Key", () => {
  // Seen failing: without `idempotent` in the declaration.
  test("gives the answer of the first call again, and calls the model once", async () => {
    const model = await makeModel();
    const body = { model: model.name, input: setosa };
    const [first, second] = [await call(body, keyed("same")), await call(body, keyed("same"))];
    expect(second.text).toBe(first.text);
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await rowsOf(model)).toHaveLength(1);
    expect((await call({ ...body, input: virginica }, keyed("same"))).status).toBe(422);
  });

  test("of a call that failed is free again: the next one runs", async () => {
    const before = modelNumbers(spinner.id).calls;
    const body = { model: spinner.name, input: longSpin };
    expect((await call(body, keyed("late"))).status).toBe(504);
    const again = await call({ model: spinner.name, input: longSpin }, keyed("late"));
    expect([again.status, again.headers.has("idempotent-replayed")]).toEqual([504, false]);
    expect(modelNumbers(spinner.id).calls - before).toBe(2);
  });
});

// Seen failing: without `place.release()` in makeCall the second call is a 429.
test("a caller that goes away gives its place back, and the model is not blamed", async () => {
  const key = await limited({ concurrency: 1 });
  const patient = await makeSpinner(30_000);
  const leaving = new AbortController();
  const request = new Request(`http://localhost:3000${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...key.headers },
    body: JSON.stringify({ model: patient.name, input: longSpin }),
    signal: leaving.signal,
  });
  const { POST } = await import("./route");
  const answer = POST(request, { params: {} });
  await isRunning(key);
  expect((await onFlowers({ input: setosa }, { headers: key.headers })).status).toBe(429);
  leaving.abort();
  expect((await answer).status).toBe(400);
  expect((await onFlowers({ input: setosa }, { headers: key.headers })).status).toBe(200);
  expect(modelNumbers(patient.id).errors).toBe(0);
});

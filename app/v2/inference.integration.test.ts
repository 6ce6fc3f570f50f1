import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "@/lib/core/actor";
import { markDraining } from "@/lib/http/host";
import { takeSingleton } from "@/lib/infra/singleton";
import { changeModel } from "@/lib/models/commands/change-model";
import { createModel } from "@/lib/models/commands/create-model";
import { createVersion } from "@/lib/models/commands/create-version";
import { uploadFile } from "@/lib/models/commands/upload-file";
import { createModelBody, createVersionBody } from "@/lib/models/schema";
import { closeUpstreams } from "@/lib/runners/http/upstream";
import { closeOnnx } from "@/lib/runners/onnx/pool";
import { makeKey, makeUser, type WithKey } from "@/lib/testing/factories";
import { adderModel, echoModel, pickyModel, spinningModel } from "@/lib/testing/onnx-models";
import { api, callHandler, type Problem } from "@/lib/testing/request";
import { readBody, sendJson, startUpstream } from "@/lib/testing/upstreams";
import * as unknown from "./[...unknown]/route";

const admin = systemActor("test");
type Tensor = { name: string; shape: number[]; datatype: string; data: unknown[] };
type Body = Problem & { error: string; id?: string; model_version: string; outputs: Tensor[] };

async function* chunks(file: Uint8Array) {
  yield file;
}

const fileOf = async (content: Uint8Array) => {
  const { sha256 } = await uploadFile(admin, { body: chunks(content), bytes: null, sha256: null });
  return { kind: "file" as const, sha256 };
};
const install = async (name: string, content: Uint8Array, given: object = {}) =>
  createModel(admin, createModelBody.parse({ name, title: name, source: await fileOf(content), ...given }));

let caller: WithKey;
const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  api<Body>(method, `/v2${path}`, { body, headers: { ...caller.headers, ...headers } });
const infer = (model: string, body: unknown, headers?: Record<string, string>) =>
  send("POST", `/models/${model}/infer`, body, headers);

const sum = (given: object = {}) => ({
  inputs: [
    { name: "a", shape: [2], datatype: "FP32", data: [1, 2] },
    { name: "b", shape: [2], datatype: "FP32", data: [0.5, 0.25] },
  ],
  ...given,
});
const wide = (datatype: string, data: unknown, given: object = {}) => ({
  inputs: [{ name: datatype.toLowerCase(), shape: [1, 2], datatype, data }],
  ...given,
});

const echoed = ["INT64", "UINT64", "BYTES", "FP64", "BOOL"] as const;
const installUpstream = (name: string, upstream: object) =>
  createModel(
    admin,
    createModelBody.parse({
      name,
      title: name,
      source: { kind: "upstream", upstream: { ...upstream, is_private_allowed: true } },
    }),
  );

beforeAll(async () => {
  await install("adder", adderModel());
  for (const datatype of echoed) await install(`echo-${datatype.toLowerCase()}`, echoModel([datatype]));
  await install("picky", pickyModel());
  await install("spinning", spinningModel(), { limits: { timeout_ms: 1_000 } });
  await installUpstream("chat", {
    preset: "chat",
    url: "http://127.0.0.1:9/v1/chat/completions",
    model: "small",
  });
});
afterAll(() => Promise.all([closeOnnx(), closeUpstreams()]));
beforeEach(async () => {
  caller = await makeKey(await makeUser({ planId: "owner" }));
});

const refused = (status: number, code: string) => ({ status, body: { code, error: expect.any(String) } });

describe("the server", () => {
  const anonymous = (path: string) => api<{ live: boolean; ready: boolean }>("GET", `/v2${path}`);

  test("says what it is, to anybody", async () => {
    expect(await anonymous("")).toMatchObject({ status: 200, body: { name: "adyton", extensions: [] } });
  });

  test("is live and ready, and no longer ready when it stops", async () => {
    expect(await anonymous("/health/live")).toMatchObject({ status: 200, body: { live: true } });
    expect(await anonymous("/health/ready")).toMatchObject({
      status: 200,
      body: { live: true, ready: true },
    });
    markDraining();
    expect(await anonymous("/health/live")).toMatchObject({ status: 200, body: { live: true } });
    expect(await anonymous("/health/ready")).toMatchObject({
      status: 503,
      body: { live: true, ready: false },
    });
    takeSingleton("host");
  });
});

describe("a model", () => {
  test("has metadata, the same below each of its versions", async () => {
    const specs = (...names: string[]) => names.map((name) => ({ name, datatype: "FP32", shape: [-1] }));
    const metadata = {
      name: "adder",
      versions: ["1"],
      platform: "onnx_onnxv1",
      inputs: specs("a", "b"),
      outputs: specs("sum"),
    };
    for (const path of ["", "/versions/1", "/versions/stable"])
      expect(await send("GET", `/models/adder${path}`)).toMatchObject({ status: 200, body: metadata });
  });

  test("is ready before its first call, and not while it is paused", async () => {
    const ready = () => send("GET", "/models/adder/versions/1/ready");
    expect(await ready()).toMatchObject({ status: 200, body: { name: "adder", ready: true } });
    await changeModel(admin, "adder", { is_paused: true });
    expect(await ready()).toMatchObject({ status: 503, body: { name: "adder", ready: false } });
    const answer = await infer("adder", sum());
    expect(answer).toMatchObject(refused(503, "model.paused"));
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await changeModel(admin, "adder", { is_paused: false });
  });

  test("can be asked by the number of each version", async () => {
    const body = createVersionBody.parse({ source: await fileOf(adderModel()), becomes: "next" });
    await createVersion(admin, "adder", body);
    const versionAt = async (path: string) =>
      (await send("POST", `/models/adder${path}/infer`, sum())).body.model_version;
    expect(await Promise.all(["", "/versions/1", "/versions/2", "/versions/next"].map(versionAt))).toEqual([
      "1",
      "1",
      "2",
      "2",
    ]);
    expect((await send("GET", "/models/adder")).body).toMatchObject({ versions: ["1", "2"] });
  });

  // Seen failing: with the version handed to versionOf() as it came.
  test.each(["3", "0", "01", "1.0", "-1", "latest", "1e0", "%31x"])("has no version %s", async (version) => {
    const path = `/models/adder/versions/${version}`;
    for (const answer of [
      await send("GET", path),
      await send("GET", `${path}/ready`),
      await send("POST", `${path}/infer`, sum()),
    ])
      expect(answer).toMatchObject(refused(404, "model.version_not_found"));
  });

  // Seen failing: with the model taken from liveModels(), whoever asks.
  test("that is unknown, or not for this caller, is not there at any address", async () => {
    await install("hidden", adderModel(), { access: { kind: "users", ids: [] } });
    const bound = await makeKey(caller.user, { models: ["picky"] });
    for (const [name, headers] of [
      ["nothing", {}],
      ["hidden", {}],
      ["adder", bound.headers],
    ] as const)
      for (const answer of [
        await send("GET", `/models/${name}`, undefined, headers),
        await send("GET", `/models/${name}/ready`, undefined, headers),
        await infer(name, sum(), headers),
      ])
        expect(answer).toMatchObject(refused(404, "model.not_found"));
  });

  test("behind another server of the protocol is passed on, and so is what comes back", async () => {
    const there = await startUpstream(async (request, response) => {
      const { method = "", url = "" } = request;
      const body = method === "POST" ? await readBody(request) : undefined;
      const answer = await api(method, url, { body, headers: caller.headers });
      sendJson(response, answer.status, answer.body);
    });
    await installUpstream("passed-on", { preset: "open_inference", url: there.url, model: "adder" });
    const metadata = (await send("GET", "/models/adder")).body;
    expect((await send("GET", "/models/passed-on")).body).toEqual({
      ...metadata,
      name: "passed-on",
      versions: ["1"],
      platform: "openinference_rest",
    });
    expect((await infer("passed-on", sum())).body.outputs).toEqual(
      (await infer("adder", sum())).body.outputs,
    );
    await there.stop();
    expect(await infer("passed-on", sum())).toMatchObject(refused(502, "upstream.unreachable"));
  });

  test("that is asked in rows has no tensors to speak of", async () => {
    for (const answer of [await send("GET", "/models/chat"), await infer("chat", sum())])
      expect(answer).toMatchObject(refused(400, "model.without_tensors"));
  });
});

describe("an inference", () => {
  test("answers all outputs, or those that are named", async () => {
    const output = { name: "sum", shape: [2], datatype: "FP32", data: [1.5, 2.25] };
    for (const asked of [sum(), sum({ outputs: [] }), sum({ outputs: [{ name: "sum" }] })]) {
      const { status, body, headers } = await infer("adder", asked);
      expect([status, body.outputs]).toEqual([200, [output]]);
      expect(body).toMatchObject({ model_name: "adder", model_version: "1" });
      expect(body).not.toHaveProperty("id");
      expect(headers.get("content-type")).toBe("application/json");
      expect(headers.get("x-request-id")).toMatch(/^req_/);
    }
    expect(await infer("adder", sum({ outputs: [{ name: "product" }] }))).toMatchObject(
      refused(400, "request.invalid"),
    );
  });

  test("gives the caller's id back", async () => {
    for (const id of ["42", "", "a\u0000b"]) expect((await infer("adder", sum({ id }))).body.id).toBe(id);
  });

  test.each([
    ["an input too few", { inputs: sum().inputs.slice(1) }],
    ["an input too many", { inputs: [...sum().inputs, { ...sum().inputs[0], name: "c" }] }],
    ["an input twice", { inputs: [...sum().inputs, sum().inputs[0]] }],
    ["another datatype", { inputs: [{ ...sum().inputs[0], datatype: "FP64" }, sum().inputs[1]] }],
    ["another rank", { inputs: [{ ...sum().inputs[0], shape: [2, 1] }, sum().inputs[1]] }],
    ["no rows", { inputs: sum().inputs.map((input) => ({ ...input, shape: [0], data: [] })) }],
    ["no inputs", { inputs: [] }],
  ])("with %s is refused with a place", async (_what, body) => {
    const answer = await infer("adder", body);
    expect(answer).toMatchObject(refused(400, "request.invalid"));
    expect(answer.body.errors?.[0]?.pointer).toMatch(/^\/inputs/);
  });

  test("is given up when its own timeout is over, and not later than the model allows", async () => {
    const spin = (timeout: number) => ({
      inputs: [{ name: "turns", shape: [1], datatype: "INT64", data: [1_000_000_000] }],
      parameters: { timeout },
    });
    const [own, models] = [await infer("spinning", spin(200_000)), await infer("spinning", spin(60_000_000))];
    for (const answer of [own, models]) expect(answer).toMatchObject(refused(504, "model.timed_out"));
    expect(own.body.error).toContain("0.2 s");
    expect(models.body.error).toContain("1000 ms");
  });

  test("that the model itself cannot do is a bad gateway", async () => {
    const body = { inputs: [{ name: "index", shape: [1], datatype: "INT64", data: [7] }] };
    expect(await infer("picky", body)).toMatchObject(refused(502, "model.failed"));
  });
});

describe("a body", () => {
  const binary = { "inference-header-content-length": "20" };

  test.each<[string, unknown, Record<string, string>, number, string]>([
    ["that is no JSON", "{", {}, 400, "request.malformed"],
    ["that is empty", "", {}, 400, "request.malformed"],
    ["with a number that JSON does not know", '{"inputs": [NaN]}', {}, 400, "request.malformed"],
    ["that is no UTF-8", new Uint8Array([0xff]), {}, 400, "request.malformed"],
    ["of another type", sum(), { "content-type": "text/plain" }, 415, "request.unsupported_type"],
    ["that is compressed", sum(), { "content-encoding": "gzip" }, 415, "request.unsupported_type"],
    ["with binary tensors behind it", sum(), binary, 400, "request.malformed"],
    ["that is too large", `"${"a".repeat(1024 * 1024)}"`, {}, 413, "request.too_large"],
    ["nested without end", "[".repeat(100_000) + "]".repeat(100_000), {}, 400, "request.invalid"],
  ])("%s is refused", async (_what, body, headers, status, code) => {
    expect(await infer("adder", body, headers)).toMatchObject(refused(status, code));
  });

  test("may come without a content type", async () => {
    const body = new TextEncoder().encode(JSON.stringify(sum()));
    const headers = { ...caller.headers, "content-type": "" };
    expect((await api("POST", "/v2/models/adder/infer", { body, headers })).status).toBe(200);
  });

  test("may wish for binary outputs and gets JSON", async () => {
    const parameters = { binary_data_output: true };
    const outputs = [{ name: "sum", parameters: { binary_data: true } }];
    expect((await infer("adder", sum({ parameters, outputs }))).body.outputs[0]?.data).toEqual([1.5, 2.25]);
  });
});

describe("values come back as they were sent:", () => {
  const pair = <T>(value: fc.Arbitrary<T>) => fc.tuple(value, value);
  /** The digits as they stand in the answer: JSON.parse would round them. */
  const digitsIn = (text: string) => /"data":\[([^\]]*)\]/.exec(text)?.[1]?.split(",");
  const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

  test.each([
    ["INT64", int64],
    ["UINT64", uint64],
  ] as const)("%s to the last digit, sent as numbers or as text", async (datatype, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(pair(arbitrary), fc.boolean(), async (values, isText) => {
        const data = values.map((value) => (isText ? `"${value}"` : `${value}`)).join(",");
        const body = JSON.stringify(wide(datatype, "DATA")).replace('"DATA"', `[${data}]`);
        const { status, text } = await infer(`echo-${datatype.toLowerCase()}`, body);
        expect([status, digitsIn(text)]).toEqual([200, values.map(String)]);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ["BYTES", fc.string({ unit: "grapheme" })],
    ["FP64", fc.double({ noNaN: true, noDefaultInfinity: true })],
    ["BOOL", fc.boolean()],
  ] as const)("%s, flat or nested", async (datatype, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(pair<unknown>(arbitrary), fc.boolean(), async (values, isNested) => {
        const { status, body } = await infer(
          `echo-${datatype.toLowerCase()}`,
          wide(datatype, isNested ? [values] : values),
        );
        expect([status, body.outputs[0]?.data]).toEqual([
          200,
          values.map((value) => (value === 0 ? 0 : value)),
        ]);
        expect(body.outputs[0]?.shape).toEqual([1, 2]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("whatever is sent, no call is a failure of ours:", () => {
  const isOurs = ({ status, body }: { status: number; body: Body }) =>
    status === 200 || (status < 500 && typeof body.error === "string");

  test("any JSON", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (body) => isOurs(await infer("adder", body))),
      { numRuns: 200 },
    );
  });

  // Seen failing: without the catch around parseBigJson().
  test("a right body with some of its characters changed", async () => {
    const right = JSON.stringify(
      sum({ id: "1", parameters: { timeout: 1_000_000 }, outputs: [{ name: "sum" }] }),
    );
    const place = fc.nat({ max: right.length - 1 });
    const piece = fc.constantFrom(
      "",
      "-",
      "0",
      "1e999",
      "9".repeat(25),
      "[",
      "]",
      "{",
      "}",
      ",",
      '"',
      "null",
      "\\u",
      "é",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(place, piece), { minLength: 1, maxLength: 3 }), async (changes) => {
        const body = changes.reduce((text, [at, put]) => text.slice(0, at) + put + text.slice(at + 1), right);
        return isOurs(await infer("adder", body));
      }),
      { numRuns: 400 },
    );
  });
});

test("an address below /v2 that is none has the protocol's error too", async () => {
  const answer = await callHandler<Body>(unknown.GET, "GET", "/v2/repository/index");
  expect(answer).toMatchObject(refused(404, "route.not_found"));
});

test("what a caller may not do is said in the protocol's words, with the headers of every other route", async () => {
  const stranger = await api<Body>("GET", "/v2/models/adder");
  expect(stranger).toMatchObject(refused(401, "auth.required"));
  expect(stranger.headers.get("www-authenticate")).toBe('Bearer realm="adyton"');
  const other = await makeKey(caller.user, { scopes: ["keys"] });
  const forbidden = await infer("adder", sum(), other.headers);
  expect(forbidden).toMatchObject(refused(403, "auth.scope_missing"));
  expect(forbidden.headers.get("www-authenticate")).toContain('scope="predict"');

  const slow = await makeKey(caller.user, { limits: { per_minute: 1, per_hour: null, concurrency: null } });
  const first = await infer("adder", sum(), slow.headers);
  expect(first.headers.get("ratelimit-policy")).toContain("key-minute");
  const limited = await infer("adder", sum(), slow.headers);
  expect(limited).toMatchObject(refused(429, "rate.limited"));
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(limited.headers.get("ratelimit")).toContain("r=0");
});

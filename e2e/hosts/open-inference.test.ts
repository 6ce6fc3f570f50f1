import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Datatype } from "../../lib/runners/domain";
import { echoModel } from "../../lib/testing/onnx-models";
import type { Answer, Client } from "../support/client";
import { createKey, signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

// Each test is a sentence of the specification (kserve/open-inference-protocol: inference_rest.md and
// open_inference_rest.yaml) that says must, required, or what a member is; docs/open-inference.md lists them.

type Tensor = { name: string; shape: number[]; datatype: string; data: unknown[] };
type Spec = Omit<Tensor, "data">;
type Metadata = { name: string; versions: string[]; platform: string; inputs: Spec[]; outputs: Spec[] };
type Inferred = { model_name: string; model_version: string; id?: string; outputs: Tensor[] };

const datatypes: Datatype[] = [
  ...(["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64"] as const),
  ...(["FP16", "FP32", "FP64", "BYTES"] as const),
];

let host: Host;
let admin: Client;
let client: Client;

async function upload(name: string, file: Uint8Array): Promise<void> {
  const sent = await admin.send("POST", "/api/v1/admin/model-files", {
    headers: { "content-type": "application/octet-stream" },
    body: Buffer.from(file),
  });
  expect([sent.status, sent.text.slice(0, 300)]).toEqual([
    expect.toSatisfy((s) => s === 200 || s === 201),
    sent.text.slice(0, 300),
  ]);
  const { sha256 } = sent.json<{ sha256: string }>();
  const body = { name, title: name, source: { kind: "file", sha256 } };
  const made = await admin.api("POST", "/api/v1/admin/models", body);
  expect([made.status, made.code]).toEqual([201, ""]);
}

beforeAll(async () => {
  host = await startHost();
  admin = await signInAdmin(host);
  const { secret } = await createKey(admin, { scopes: ["predict"] });
  client = host.client().copy({ authorization: `Bearer ${secret}` });
  await upload("echo", echoModel(datatypes));
  await upload("identity", echoModel(["BYTES", "INT64"]));
});
afterAll(() => host?.stop());

const get = (path: string) => client.get(`/v2${path}`);
const infer = (model: string, body: unknown) => client.api("POST", `/v2/models/${model}/infer`, body);

const flowers = [
  [5.1, 3.5, 1.4, 0.2],
  [6.2, 2.9, 4.3, 1.3],
  [7.7, 3.8, 6.7, 2.2],
];
const iris = (given: object = {}, input: object = {}) => ({
  inputs: [{ name: "measurements", shape: [3, 4], datatype: "FP32", data: flowers, ...input }],
  ...given,
});
const identity = (text: unknown[], numbers: unknown[], shape = [1, 2]) => ({
  inputs: [
    { name: "bytes", shape, datatype: "BYTES", data: text },
    { name: "int64", shape, datatype: "INT64", data: numbers },
  ],
});

async function inferred(model: string, body: unknown): Promise<Inferred> {
  const answer = await infer(model, body);
  expect([answer.status, answer.status === 200 ? "" : answer.text]).toEqual([200, ""]);
  return answer.json<Inferred>();
}

/** "must be indicated by an HTTP error status (typically 400). The HTTP body must contain" an error object. */
function expectError(answer: Answer, status = 400): void {
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  const { error } = answer.json<{ error: unknown }>();
  expect(typeof error).toBe("string");
  expect(error).not.toBe("");
}

describe("server", () => {
  test("metadata is 200 with name, version and extensions", async () => {
    const answer = await host.client().get("/v2");
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      name: expect.any(String),
      version: expect.any(String),
      extensions: [],
    });
  });

  test("metadata is also found at /v2/, as the OpenAPI file writes it", async () => {
    const answer = await host.client().get("/v2/");
    const target = new URL(answer.headers.location ?? "", `${host.origin}/v2/`);
    expect([answer.status, target.pathname]).toEqual([308, "/v2"]);
  });

  test("live and ready are 200 with live, for probes that have no key", async () => {
    for (const probe of ["live", "ready"]) {
      const answer = await host.client().get(`/v2/health/${probe}`);
      expect([answer.status, answer.json().live]).toEqual([200, true]);
    }
  });

  test("metadata that fails is an error status with an error object", async () => {
    const twice = { authorization: "Bearer a", "x-api-key": "b" };
    expectError(await host.client().get("/v2", twice), 400);
    expectError(await host.client().send("DELETE", "/v2"), 405);
    expectError(await get("/nothing"), 404);
  });
});

describe("model", () => {
  test("ready has the name and whether it is, with and without a version", async () => {
    for (const path of ["/models/iris/ready", "/models/iris/versions/1/ready"]) {
      const answer = await get(path);
      expect([answer.status, answer.json()]).toEqual([200, { name: "iris", ready: true }]);
    }
  });

  test("metadata has name, versions, platform, inputs and outputs, with and without a version", async () => {
    for (const path of ["/models/iris", "/models/iris/versions/1"]) {
      const answer = await get(path);
      expect([answer.status, answer.json<Metadata>()]).toEqual([
        200,
        {
          name: "iris",
          versions: ["1"],
          // One of the platforms that the specification allows.
          platform: "onnx_onnxv1",
          inputs: [{ name: "measurements", datatype: "FP32", shape: [-1, 4] }],
          outputs: expect.arrayContaining([
            { name: "species", datatype: "INT64", shape: [-1] },
            { name: "probabilities", datatype: "FP32", shape: [-1, 3] },
          ]),
        },
      ]);
    }
  });

  test("versions that are listed may be asked for", async () => {
    for (const version of (await get("/models/iris")).json<Metadata>().versions) {
      expect((await get(`/models/iris/versions/${version}`)).status).toBe(200);
      const { model_version } = await inferred(`iris/versions/${version}`, iris());
      expect(model_version).toBe(version);
    }
  });

  test("metadata that fails is an error status with an error object", async () => {
    for (const path of ["", "/ready", "/versions/1"]) expectError(await get(`/models/nothing${path}`), 404);
    for (const path of ["", "/ready"]) expectError(await get(`/models/iris/versions/9${path}`), 404);
  });

  test("datatypes are all that the specification has", async () => {
    const { inputs, outputs } = (await get("/models/echo")).json<Metadata>();
    expect(inputs.map(({ datatype }) => datatype)).toEqual(datatypes);
    expect(outputs.map(({ datatype }) => datatype)).toEqual(datatypes);
  });
});

describe("inference", () => {
  test("answers model_name, the version it used, and outputs", async () => {
    const { model_name, model_version, outputs } = await inferred("iris", iris());
    expect([model_name, model_version]).toEqual(["iris", "1"]);
    expect(outputs.find(({ name }) => name === "species")?.data).toEqual([0, 1, 2]);
  });

  test("is JSON of the length that Content-Length says", async () => {
    const { headers, text } = await infer("iris", iris());
    expect(headers["content-type"]).toMatch(/^application\/json/);
    expect(Number(headers["content-length"])).toBe(Buffer.byteLength(text));
  });

  test("returns an id that was specified, and none that was not", async () => {
    expect((await inferred("iris", iris({ id: "42" }))).id).toBe("42");
    expect(await inferred("iris", iris())).not.toHaveProperty("id");
    expectError(await infer("iris", iris({ id: 42 })));
  });

  test("without outputs returns all, otherwise those that are requested", async () => {
    const all = (await inferred("iris", iris())).outputs.map(({ name }) => name);
    expect(all.sort()).toEqual(["probabilities", "species"]);
    for (const name of all) {
      const { outputs } = await inferred("iris", iris({ outputs: [{ name }] }));
      expect(outputs.map((output) => output.name)).toEqual([name]);
    }
    expectError(await infer("iris", iris({ outputs: [{ name: "nothing" }] })));
    expectError(await infer("iris", iris({ outputs: [{}] })));
  });

  test("describes every output by name, shape, datatype and data, the whole batch of it", async () => {
    const { inputs, outputs } = { ...iris(), ...(await inferred("iris", iris())) };
    const specs = (await get("/models/iris")).json<Metadata>().outputs;
    for (const { name, shape, datatype, data } of outputs) {
      expect(specs.find((spec) => spec.name === name)?.datatype).toBe(datatype);
      expect(shape.every((size) => Number.isInteger(size) && size >= 0)).toBe(true);
      expect(shape[0]).toBe(inputs[0]?.shape[0]);
      expect(data).toHaveLength(shape.reduce((product, size) => product * size, 1));
    }
  });

  test("requires a body, and in it inputs", async () => {
    expectError(await client.send("POST", "/v2/models/iris/infer"));
    for (const body of ["", "{", "null", "[]", '"text"', "{}", { id: "1" }, { inputs: {} }, { inputs: [] }])
      expectError(await infer("iris", body));
  });

  test.each(["name", "shape", "datatype", "data"])("requires %s of each input", async (member) => {
    expectError(await infer("iris", iris({}, { [member]: undefined })));
    expectError(await infer("iris", iris({}, { [member]: null })));
  });

  test.each([
    [[-1, 4]],
    [[3, 4.5]],
    [["3", 4]],
    [[3, 4, 1]],
    [[4, 3]],
    [[2, 4]],
    [[2 ** 63, 4]],
    [[12]],
    [[]],
  ])("refuses the shape %j, which the data or the model does not have", async (shape) => {
    expectError(await infer("iris", iris({}, { shape })));
  });

  test("takes data in its natural shape or flat, in row-major order", async () => {
    const nested = await inferred("iris", iris());
    const flat = await inferred("iris", iris({}, { data: flowers.flat() }));
    expect(flat.outputs).toEqual(nested.outputs);
    const cells = ["a", "b", "c", "d"];
    const { outputs } = await inferred("identity", identity(cells, [1, 2, 3, 4], [2, 2]));
    expect(outputs.map(({ data, shape }) => [data, shape])).toEqual([
      [cells, [2, 2]],
      [
        [1, 2, 3, 4],
        [2, 2],
      ],
    ]);
    expectError(await infer("iris", iris({}, { data: [flowers.flat()] })));
  });

  test("takes every datatype and gives it back", async () => {
    const examples: Record<Datatype, unknown[]> = {
      BOOL: [true, false],
      UINT8: [0, 255],
      UINT16: [0, 65_535],
      UINT32: [0, 4_294_967_295],
      UINT64: [0, 9_007_199_254_740_991],
      INT8: [-128, 127],
      INT16: [-32_768, 32_767],
      INT32: [-2_147_483_648, 2_147_483_647],
      INT64: [-9_007_199_254_740_991, 9_007_199_254_740_991],
      FP16: [0.5, -65_504],
      FP32: [0.1, 1e-10],
      FP64: [0.1, 1e300],
      BYTES: ["", "naïve — 数"],
    };
    const inputs = datatypes.map((datatype) => ({
      name: datatype.toLowerCase(),
      shape: [1, 2],
      datatype,
      data: examples[datatype],
    }));
    const { outputs } = await inferred("echo", { inputs });
    expect(Object.fromEntries(outputs.map(({ datatype, data }) => [datatype, data]))).toEqual(examples);
  });

  test("refuses a datatype that is not the model's, and values that are not of the datatype", async () => {
    for (const datatype of ["FP64", "fp32", "FLOAT", 32])
      expectError(await infer("iris", iris({}, { datatype })));
    for (const value of ["1", null, true, {}, [1]])
      expectError(await infer("iris", iris({}, { data: [value, ...flowers.flat().slice(1)] })));
    expectError(await infer("identity", identity(["a", 1], [1, 2])));
    expectError(await infer("identity", identity(["a", "b"], [1.5, 2])));
  });

  test("keeps 64-bit numbers exact beyond 2^53, as numbers and as text of digits", async () => {
    const [low, high] = ["-9223372036854775808", "9223372036854775807"];
    const body = JSON.stringify(identity(["a", "b"], ["LOW", high])).replace('"LOW"', low);
    const { status, text } = await infer("identity", body);
    expect([status, text]).toEqual([200, expect.stringContaining(`[${low},${high}]`)]);
  });

  test("takes parameters that are text, numbers, true or false, at each of their places, and no others", async () => {
    const parameters = { text: "a", number: 1.5, yes: true };
    const given = { parameters, outputs: [{ name: "species", parameters }] };
    expect((await inferred("iris", iris(given, { parameters }))).outputs).toHaveLength(1);
    for (const wrong of [{ list: [] }, { object: {} }, { nothing: null }]) {
      expectError(await infer("iris", iris({ parameters: wrong })));
      expectError(await infer("iris", iris({}, { parameters: wrong })));
      expectError(await infer("iris", iris({ outputs: [{ name: "species", parameters: wrong }] })));
    }
    expectError(await infer("iris", iris({ parameters: [] })));
  });

  test("requires every input of the model, once, and takes no other", async () => {
    const [bytes, int64] = identity(["a", "b"], [1, 2]).inputs;
    for (const inputs of [[bytes], [bytes, int64, bytes], [bytes, int64, { ...bytes, name: "other" }]])
      expectError(await infer("identity", { inputs }));
  });

  test("is over when parameters.timeout says so, in microseconds", async () => {
    expect((await infer("iris", iris({ parameters: { timeout: 5_000_000 } }))).status).toBe(200);
    expectError(await infer("iris", iris({ parameters: { timeout: "soon" } })));
  });

  test("that fails is an error status with an error object, whatever failed", async () => {
    expectError(await host.client().api("POST", "/v2/models/iris/infer", iris()), 401);
    expectError(await infer("nothing", iris()), 404);
    expectError(await infer("iris/versions/9", iris()), 404);
    expectError(await client.send("PUT", "/v2/models/iris/infer"), 405);
    const large = JSON.stringify(iris({ id: "a".repeat(1024 * 1024) }));
    expectError(await client.api("POST", "/v2/models/iris/infer", large), 413);
    const type = { headers: { "content-type": "text/plain" }, body: JSON.stringify(iris()) };
    expectError(await client.send("POST", "/v2/models/iris/infer", type), 415);
    const { secret } = await createKey(admin, {
      scopes: ["predict"],
      limits: { per_minute: 1 },
    });
    const slow = host.client().copy({ authorization: `Bearer ${secret}` });
    const answers = [
      await slow.api("POST", "/v2/models/iris/infer", iris()),
      await slow.api("POST", "/v2/models/iris/infer", iris()),
    ];
    expect(answers[0]?.headers["ratelimit-policy"]).toContain("key-minute");
    expectError(answers[1] as Answer, 429);
    expect(Number(answers[1]?.headers["retry-after"])).toBeGreaterThan(0);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer, Client } from "../support/client";
import { type Crowd, callers, gatherCrowd } from "../support/crowd";
import { createKey, createPerson, type Person } from "../support/people";
import { type Host, startHost } from "../support/start-host";

// Seen failing: with the rate headers left out of sendAnswer in lib/http/lane.ts.

/** What our own host adds to every answer, what HTTP says about the connection, and what is new each time. */
const notCompared = [
  "content-security-policy",
  "cross-origin-opener-policy",
  "permissions-policy",
  "referrer-policy",
  "x-content-type-options",
  "x-frame-options",
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
];

/** Ids and points in time differ; everything else has to be the same text. */
const plain = (value: unknown): string =>
  String(value)
    .replaceAll(/(req|prd)_\w{20}/g, "$1_")
    .replaceAll(/"(predict|queue)_ms":[\d.e-]+/g, '"$1_ms":0')
    .replaceAll(/"created_at":"[^"]+"/g, '"created_at":""')
    .replaceAll(/;t=\d+/g, ";t=")
    .replaceAll(/^\d{10}$/g, "time")
    .replaceAll(/in \d+ seconds/g, "in some seconds");

const ownVary = ["Authorization", "X-API-Key", "Cookie", "Origin"];

function comparable({ status, headers, text }: Answer) {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (!notCompared.includes(name)) kept[name] = name === "retry-after" ? "seconds" : plain(value);
  // Next adds names of its own to the list.
  const vary = (headers.vary ?? "").split(", ").filter((name) => ownVary.includes(name));
  return { status, headers: { ...kept, vary: vary.sort().join(", ") }, text: plain(text) };
}

let lane: Host;
let next: Host;
let crowd: Crowd;
let limited: Person;

beforeAll(async () => {
  lane = await startHost();
  crowd = await gatherCrowd(lane);
  const { admin } = crowd.clients;
  limited = await createPerson(lane, admin);
  await admin.api("PATCH", `/api/v1/admin/users/${limited.id}`, { plan: "paid" });
  const limitsOf = (plan: string, limits: object) =>
    admin.api("PATCH", `/api/v1/admin/plans/${plan}`, { limits });
  expect((await limitsOf("free", { per_minute: null, per_hour: null })).status).toBe(200);
  expect((await limitsOf("paid", { per_minute: 10 })).status).toBe(200);
  // The same install behind Next alone: the same secrets and the same rows.
  next = await startHost({
    kind: "next",
    dataDir: lane.dataDir,
    env: { BASE_URL: `http://localhost:${lane.port}` },
  });
});
afterAll(async () => {
  await next?.stop();
  await lane?.stop();
});

type Ask = (client: Client) => Promise<Answer>;

/** The same call to both, by the same caller. */
async function expectSame(caller: Client, ask: Ask): Promise<Answer> {
  const [fast, slow] = [await ask(caller.copy()), await ask(caller.copyAt(next.origin))];
  expect(comparable(fast)).toEqual(comparable(slow));
  return fast;
}

const targets = [
  "/api/v1/verify",
  "/api/v1/verify?scope=predict",
  "/api/v1/verify?scope=account",
  "/api/v1/verify?scope=nonsense",
  "/api/v1/verify?unknown=1",
  "/api/health/live",
  "/api/health/live?x=1",
];

describe.each(callers)("asked by %s, the fast lane and Next give the same answer to", (caller) => {
  test.each(targets)("GET %s", async (target) => {
    const answer = await expectSame(crowd.clients[caller], (client) => client.get(target));
    expect(answer.status).toBeLessThan(500);
  });

  test.each(["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s /api/v1/verify", async (method) => {
    await expectSame(crowd.clients[caller], (client) => client.send(method, "/api/v1/verify"));
  });
});

describe("the fast lane and Next give the same answer to", () => {
  test.each<[string, Record<string, string>]>([
    ["garbage in Authorization", { authorization: "Bearer %zz" }],
    ["another scheme", { authorization: "Basic YTpi" }],
    ["a blank credential", { authorization: "" }],
    ["a well-formed key that nobody has", { "x-api-key": "ady_000000000000000000000000000000000000" }],
    ["two different credentials", { authorization: "Bearer a", "x-api-key": "b" }],
    ["the caller's own request id", { "x-request-id": "my-own-request-id" }],
    ["a request id that is not harmless", { "x-request-id": "<script>" }],
    ["a page of another site", { origin: "https://evil.example" }],
    ["a forged internal header", { "x-adyton-user": "usr_1", "x-middleware-subrequest": "middleware" }],
  ])("%s", async (_what, headers) => {
    await expectSame(crowd.clients.anonymous, (client) => client.get("/api/v1/verify", headers));
    await expectSame(crowd.clients.member, (client) => client.get("/api/v1/verify", headers));
  });

  test("a key that is frozen, and one that may not be used from here", async () => {
    const { member } = crowd;
    const frozen = await createKey(member.client);
    await lane.client().api("POST", "/api/v1/keys/report", { secret: frozen.secret });
    const elsewhere = await createKey(member.client, { cidrs: ["192.0.2.0/24"] });
    const codes = [];
    for (const { secret } of [frozen, elsewhere]) {
      const answer = await expectSame(crowd.clients.anonymous, (client) =>
        client.get("/api/v1/verify", { "x-api-key": secret }),
      );
      codes.push(answer.code);
    }
    expect(codes).toEqual(["key.frozen", "key.address_not_allowed"]);
  });

  test("every call up to the limit of the plan, and those after it", async () => {
    const { secret } = await createKey(limited.client);
    const statuses = [];
    for (let call = 0; call < 12; call += 1) {
      const answer = await expectSame(crowd.clients.anonymous, (client) =>
        client.get("/api/v1/verify", { "x-api-key": secret }),
      );
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
  });
});

const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const flower = { model: "iris", input: setosa };
const tensors = {
  inputs: [{ name: "measurements", shape: [1, 4], datatype: "FP32", data: Object.values(setosa) }],
};
const predict = (body: unknown, headers: Record<string, string> = {}) => {
  return (client: Client) => client.api("POST", "/api/v1/predictions", body, headers);
};

// Seen failing: with the content type left out of jsonAnswer, which only the lane was bundled with.
describe("the fast lane and Next give the same answer to a prediction", () => {
  test.each(callers)("asked by %s", async (caller) => {
    await expectSame(crowd.clients[caller], predict(flower));
    await expectSame(crowd.clients[caller], (client) => client.api("POST", "/v2/models/iris/infer", tensors));
    await expectSame(crowd.clients[caller], (client) =>
      client.api("POST", "/v2/models/iris/versions/1/infer", tensors),
    );
  });

  test.each<[number, string, unknown, Record<string, string>]>([
    [200, "of several rows", { model: "iris", inputs: [setosa, setosa] }, {}],
    [200, "with a wait", flower, { prefer: "wait=5" }],
    [200, "from our own page", flower, { "sec-fetch-site": "same-origin" }],
    [400, "that is cut short", '{"model":"iris"', {}],
    [400, "without a body", "", {}],
    [400, "with two credentials", flower, { authorization: "Bearer a", "x-api-key": "b" }],
    [403, "from a page of another site", flower, { origin: "https://evil.example" }],
    [404, "of a model that is not there", { ...flower, model: "nothing" }, {}],
    [404, "of a version that is not there", { ...flower, version: 9 }, {}],
    [415, "of another type", JSON.stringify(flower), { "content-type": "text/plain" }],
    [422, "with a wrong type", { ...flower, input: { ...setosa, petal_width: "wide" } }, {}],
    [422, "with __proto__", '{"model":"iris","input":{"__proto__":{}}}', {}],
  ])("%i: one %s", async (status, _what, body, headers) => {
    const answer = await expectSame(crowd.clients.member, predict(body, headers));
    expect(answer.status).toBe(status);
  });

  test("200: one with an Idempotency-Key, and the same answer from the other host", async () => {
    const ask = predict(flower, { "idempotency-key": "asked-of-both" });
    const first = await ask(crowd.clients.member.copy());
    const again = await ask(crowd.clients.member.copyAt(next.origin));
    expect([again.status, again.headers["idempotent-replayed"]]).toEqual([200, "true"]);
    expect(again.text).toBe(first.text);
    await expectSame(crowd.clients.member, ask);
  });
});

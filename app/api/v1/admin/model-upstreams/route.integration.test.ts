import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { db } from "@/lib/infra/db/client";
import { liveModels } from "@/lib/models/queries";
import type { adminModelView, upstreamProbeView, versionListView, versionView } from "@/lib/models/schema";
import { makeAdmin, type SignedIn, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api, type Problem } from "@/lib/testing/request";

type Probe = z.infer<typeof upstreamProbeView>;
type Model = z.infer<typeof adminModelView>;
type Version = z.infer<typeof versionView>;
type Versions = z.infer<typeof versionListView>;

const probeAddress = "/api/v1/admin/model-upstreams";
const models = "/api/v1/admin/models";
const secret = "upstream-secret-8d2f61";

const tensors = {
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, 2] }],
  outputs: [{ name: "y", datatype: "FP32", shape: [-1] }],
};

/** A model server as other people run it; it wants to see the secret. */
function answer({ url, headers }: IncomingMessage): [number, string] {
  if (headers["x-api-key"] !== secret) return [401, "{}"];
  if (url === "/v2/models/price") return [200, JSON.stringify({ name: "price", platform: "x", ...tensors })];
  return url === "/v2/models/html" ? [200, "<html></html>"] : [404, "{}"];
}

let admin: SignedIn;
let upstreamServer: Server;
let origin: string;
const asked: IncomingMessage[] = [];
beforeAll(async () => {
  rememberSecret(secret);
  admin = await signedIn(await makeAdmin());
  upstreamServer = createServer((request, response) => {
    asked.push(request);
    const [status, body] = answer(request);
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => upstreamServer.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(upstreamServer.address() as AddressInfo).port}`;
});
afterAll(() => upstreamServer.close());

const upstream = (change: object = {}) => ({
  preset: "open_inference",
  url: origin,
  model: "price",
  is_private_allowed: true,
  headers: { "X-API-Key": secret },
  ...change,
});
const probe = (body: unknown) => api<Probe & Problem>("POST", probeAddress, { as: admin, body });
let count = 0;
async function createModel(change: object = {}) {
  count += 1;
  const body = {
    name: `priced-${count}`,
    title: "Prices",
    source: { kind: "upstream", upstream: upstream(change) },
  };
  return api<Model & Problem>("POST", models, { as: admin, body });
}
const addVersion = (name: string, change: object) =>
  api<Version & Problem>("POST", `${models}/${name}/versions`, {
    as: admin,
    body: { source: { kind: "upstream", upstream: upstream(change) } },
  });

describe("POST /admin/model-upstreams", () => {
  test("200: what the service says goes in and comes out; nothing is kept or recorded", async () => {
    const before = await db().auditEvent.count();
    const { status, body } = await probe(upstream());
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...tensors, signature: { columns: [{ name: "x1" }, { name: "x2" }] } });
    expect([await db().auditEvent.count(), await db().model.count()]).toEqual([before, 0]);
  });

  test("200: presets that cannot say it are not asked", async () => {
    const before = asked.length;
    const { status, body } = await probe(upstream({ preset: "json" }));
    expect([status, body.inputs, body.outputs, asked.length]).toEqual([200, [], [], before]);
  });

  test("502 with the reason for what answers otherwise or not at all", async () => {
    expect((await probe(upstream({ model: "html" }))).body.code).toBe("upstream.invalid_answer");
    expect((await probe(upstream({ headers: {} }))).status).toBe(502);
    expect((await probe(upstream({ url: "http://127.0.0.1:1" }))).body.code).toBe("upstream.unreachable");
  });

  test("422 for an address that may not be called, and for one with a password in it", async () => {
    const inside = await probe(upstream({ is_private_allowed: false }));
    expect([inside.status, inside.body.code]).toEqual([422, "upstream.address_not_allowed"]);
    expect(inside.body.errors?.[0]?.pointer).toBe("/url");
    const spoken = await probe(upstream({ url: "https://me:secret@example.org/" }));
    expect([spoken.status, spoken.body.errors?.[0]?.pointer]).toEqual([422, "/url"]);
    for (const change of [
      { url: "file:///etc/passwd" },
      { url: "x" },
      { headers: { "a b": "c" } },
      { other: 1 },
    ])
      expect((await probe(upstream(change))).status, JSON.stringify(change)).toBe(422);
    expect((await probe(upstream({ headers: { "X-A": "a\r\nX-B: b" } }))).status).toBe(422);
  });
});

describe("a model behind an upstream", () => {
  // Seen failing: with the headers' values in the view.
  test("201: its secret is encrypted in the database and in no answer, audit event or list", async () => {
    const { status, body } = await createModel();
    expect([status, body.runner, body.version]).toEqual([201, "http", 1]);
    const versions = await api<Versions>("GET", `${models}/${body.name}/versions`, { as: admin });
    expect(versions.body.items[0]?.upstream).toEqual({
      preset: "open_inference",
      url: origin,
      model: "price",
      rows_member: null,
      results_member: null,
      system_prompt: null,
      tokens_max: null,
      is_private_allowed: true,
      header_names: ["X-API-Key"],
    });
    const rows = await db().modelVersion.findMany();
    const events = await db().auditEvent.findMany();
    const answers = await Promise.all(
      [models, `${models}/${body.name}`, `/api/v1/models/${body.name}`, "/api/v1/admin/audit"].map(
        async (path) => (await api("GET", path, { as: admin })).text,
      ),
    );
    for (const text of [JSON.stringify({ rows, events }), versions.text, ...answers])
      expect(text).not.toContain(secret);
    const live = (await liveModels()).get(body.name);
    expect(live?.stable.http?.headers).toEqual({ "X-API-Key": secret });
  });

  test("422 with the place in the body for an address that may not be called", async () => {
    const { status, body } = await createModel({ is_private_allowed: false });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, "/source/upstream/url"]);
  });

  // Seen failing: with no look at the origin.
  test("a header that is sent empty keeps its value, and only for the same origin", async () => {
    const { name } = (await createModel()).body;
    const kept = await addVersion(name, { headers: { "x-api-key": "" }, tokens_max: 5 });
    expect([kept.status, kept.body.upstream?.header_names]).toEqual([201, ["x-api-key"]]);
    const live = (await liveModels()).get(name);
    expect(live?.versions.get(2)?.http?.headers).toEqual({ "x-api-key": secret });

    const before = asked.length;
    const moved = await addVersion(name, {
      headers: { "x-api-key": "" },
      url: origin.replace("127.0.0.1", "localhost"),
    });
    expect([moved.status, moved.body.errors?.[0]?.pointer]).toEqual([
      422,
      "/source/upstream/headers/x-api-key",
    ]);
    const unknown = await addVersion(name, { headers: { "x-other": "" } });
    expect([unknown.status, asked.length]).toEqual([422, before]);
    expect((await createModel({ headers: { "x-api-key": "" } })).status).toBe(422);
  });

  test("another signature for the upstream of a version keeps its secret", async () => {
    const { name } = (await createModel()).body;
    const signature = {
      columns: [
        { name: "rooms", kind: "integer", min: 1 },
        { name: "area", kind: "number", unit: "m²" },
      ],
      result: { kind: "fields", fields: [{ name: "price", kind: "number", from: "y" }] },
    };
    const body = { source: { kind: "version", number: 1 }, signature };
    const made = await api<Version>("POST", `${models}/${name}/versions`, { as: admin, body });
    expect([made.status, made.body.upstream?.header_names]).toEqual([201, ["X-API-Key"]]);
    expect((await liveModels()).get(name)?.versions.get(2)?.http?.headers).toEqual({ "X-API-Key": secret });
  });
});

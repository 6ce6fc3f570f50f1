import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { db } from "@/lib/infra/db/client";
import { getModel } from "@/lib/models/queries";
import type { adminModelPageView, adminModelView } from "@/lib/models/schema";
import {
  flowerSignature,
  makeAdmin,
  makeKey,
  makeModel,
  makeModelFile,
  makeUser,
  type SignedIn,
  signedIn,
} from "@/lib/testing/factories";
import { adderModel } from "@/lib/testing/onnx-models";
import { api, type Problem } from "@/lib/testing/request";

type Model = z.infer<typeof adminModelView>;
type Models = z.infer<typeof adminModelPageView>;

const list = "/api/v1/admin/models";
const noModel = `${list}/nothing`;

let admin: SignedIn;
let sha256: string;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
  ({ sha256 } = await makeModelFile());
});

let count = 0;
const newModel = (change: object = {}) => {
  count += 1;
  return { name: `new-${count}`, title: "New", source: { kind: "file", sha256 }, ...change };
};
const create = (body: unknown) => api<Model & Problem>("POST", list, { as: admin, body });
const read = (name: string) => api<Model & Problem>("GET", `${list}/${name}`, { as: admin });
const patch = (name: string, body: unknown) =>
  api<Model & Problem>("PATCH", `${list}/${name}`, { as: admin, body });
const lastEvent = async (name: string) => {
  const event = await db().auditEvent.findFirst({
    where: { objectLabel: name },
    orderBy: { position: "desc" },
  });
  return { action: event?.action, detail: JSON.parse(event?.detail ?? "null") };
};

describe("POST /admin/models", () => {
  test("201: version 1 is in use at once, with all that was said of it", async () => {
    const body = newModel({
      title: "Flowers",
      description: "Which flower is it?\nMeasure it.",
      signature: flowerSignature,
      access: { kind: "plans", ids: ["paid", "owner", "paid"] },
      history: { kind: "hashed", days: 7 },
      limits: { timeout_ms: 500, rows_max: 20 },
      note: "The first one",
    });
    const { status, body: model } = await create(body);
    expect(status).toBe(201);
    expect(model).toMatchObject({
      id: expect.stringMatching(/^mdl_/),
      name: body.name,
      title: "Flowers",
      description: "Which flower is it?\nMeasure it.",
      version: 1,
      next_version: null,
      versions: [1],
      runner: "onnx",
      inputs: [{ name: "measurements", datatype: "FP32", shape: [-1, 4] }],
      signature: { result: { labels: ["setosa", "versicolor", "virginica"] } },
      example: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
      access: { kind: "plans", ids: ["paid", "owner"] },
      history: { kind: "hashed", days: 7 },
      limits: {
        ...{ timeout_ms: 500, rows_max: 20, queue_max: 1000, runners_max: 2, memory_max_mb: 1024 },
        is_batched: true,
      },
      is_paused: false,
      state: "idle",
      numbers: { calls: 0, errors: 0, rows: 0, p50_ms: null, p95_ms: null },
      report: { state: "idle", runners: 0, queued: 0, running: 0, memory_bytes: 0, reason: null },
    });
    expect((await read(body.name)).body).toEqual(model);
    const event = await lastEvent(body.name);
    expect(event.action).toBe("model.created");
    expect(event.detail).toMatchObject({ version: 1, runner: "onnx", sha256 });
  });

  test("201: without a signature columns are numbered, and results are as the tensors tell", async () => {
    const { body } = await create(newModel());
    expect(body.signature.columns?.map(({ name }) => name)).toEqual(["x1", "x2", "x3", "x4"]);
  });

  test("201: the same again for the same Idempotency-Key", async () => {
    const call = { as: admin, body: newModel(), headers: { "idempotency-key": "model-once" } };
    const [first, second] = [await api<Model>("POST", list, call), await api<Model>("POST", list, call)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
  });

  // Seen failing: with the look for the name left to the constraint of the table (500).
  test("409 for a name that is taken, also by a deleted model, also when two ask at once", async () => {
    const body = newModel();
    const answers = await Promise.all([create(body), create(body), create(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await api("DELETE", `${list}/${body.name}`, { as: admin })).status).toBe(204);
    expect((await create(body)).body.code).toBe("model.name_taken");
  });

  test.each<[string, string, object]>([
    ["request.invalid", "/name", { name: "Churn" }],
    ["request.invalid", "/name", { name: "../x" }],
    ["request.invalid", "/title", { title: "" }],
    ["request.invalid", "/owner", { owner: "me" }],
    ["request.invalid", "/source/sha256", { source: { kind: "file", sha256: "../../secrets.json" } }],
    ["model.file_unknown", "/source/sha256", { source: { kind: "file", sha256: "0".repeat(64) } }],
    ["request.invalid", "/source/number", { source: { kind: "version", number: 1 } }],
    ["request.invalid", "/access/ids", { access: { kind: "everyone", ids: ["free"] } }],
    ["request.invalid", "/access/ids/1", { access: { kind: "plans", ids: ["free", "gold"] } }],
    ["request.invalid", "/access/ids/0", { access: { kind: "users", ids: ["usr_nobody"] } }],
    ["request.invalid", "/limits/timeout_ms", { limits: { timeout_ms: 1 } }],
    [
      "request.invalid",
      "/signature/columns",
      { signature: { columns: [{ name: "only", kind: "number" }], result: { kind: "raw" } } },
    ],
    [
      "request.invalid",
      "/signature/result/labels",
      {
        signature: {
          columns: null,
          result: { kind: "classes", labels: ["a", "b"], probabilities: "probabilities" },
        },
      },
    ],
  ])("422 %s at %s: %j", async (code, pointer, change) => {
    const before = await db().model.count();
    const answer = await create(newModel(change));
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.pointer]).toEqual([422, code, pointer]);
    expect(await db().model.count()).toBe(before);
  });

  test("401 for nobody, 403 for members and for keys of administrators without the scope", async () => {
    const member = await signedIn(await makeUser());
    const weak = await makeKey(await makeAdmin(), { scopes: ["predict", "models:read"] });
    for (const [method, path] of [
      ["GET", list],
      ["POST", list],
      ["GET", noModel],
      ["PATCH", noModel],
      ["DELETE", noModel],
      ["GET", `${noModel}/versions`],
      ["POST", `${noModel}/versions`],
      ["POST", `${noModel}/promote`],
      ["POST", "/api/v1/admin/model-files"],
      ["POST", "/api/v1/admin/model-upstreams"],
    ] as const) {
      const call = method === "GET" || method === "DELETE" ? {} : { body: {} };
      expect((await api(method, path, call)).status, path).toBe(401);
      expect((await api(method, path, { ...call, as: member })).status, path).toBe(403);
      expect((await api(method, path, { ...call, headers: weak.headers })).status, path).toBe(403);
    }
  });
});

describe("GET /admin/models", () => {
  test("200: all of them by name, page by page, whoever may use them; q looks at what people read", async () => {
    const mark = "xylophone";
    for (const name of ["zz-third", "aa-first", "mm-second"])
      await makeModel({ name, title: `About a ${mark}`, access: { kind: "users", ids: [] } });
    const first = await api<Models>("GET", `${list}?q=${mark}+ABOUT&limit=2`, { as: admin });
    expect(first.body.items.map(({ name }) => name)).toEqual(["aa-first", "mm-second"]);
    const cursor = first.body.next_cursor;
    const rest = await api<Models>("GET", `${list}?q=${mark}&limit=2&cursor=${cursor}`, { as: admin });
    expect(rest.body.items.map(({ name }) => name)).toEqual(["zz-third"]);
    expect(rest.body.next_cursor).toBeNull();
    expect((await api<Models>("GET", `${list}?q=${mark}+violin`, { as: admin })).body.items).toEqual([]);
  });

  test("422 for what is no filter; 404 for what is no model", async () => {
    for (const query of ["limit=0", "cursor=x", "state=ready"])
      expect((await api("GET", `${list}?${query}`, { as: admin })).status, query).toBe(422);
    expect((await read("nothing")).body.code).toBe("model.not_found");
    expect((await read("__proto__")).status).toBe(404);
  });
});

describe("PATCH /admin/models/{model}", () => {
  // Seen failing: with the defaults of new models in the schema of a change.
  test("200: what is absent stays, limits one by one; the log has before and after", async () => {
    const { name } = await makeModel({
      limits: { timeout_ms: 777, rows_max: 5 },
      history: { kind: "never" },
    });
    const { status, body } = await patch(name, { title: "Renamed", limits: { queue_max: 7 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ title: "Renamed", history: { kind: "never" } });
    expect(body.limits).toMatchObject({ timeout_ms: 777, rows_max: 5, queue_max: 7 });
    const { action, detail } = await lastEvent(name);
    expect([action, Object.keys(detail)]).toEqual(["model.changed", ["title", "limits"]]);
    expect(detail.title).toEqual({ before: "A model for tests", after: "Renamed" });
  });

  test("200: what a call costs the owner, exactly and one by one; the next call knows it", async () => {
    const { name } = await makeModel();
    expect((await read(name)).body.expenses).toEqual({ per_call: 0, per_compute_ms: 0, per_token: 0 });
    await patch(name, { expenses: { per_call: 0.25, per_token: 0.000_000_139 } });
    const { body } = await patch(name, { expenses: { per_call: 0.3 } });
    expect(body.expenses).toEqual({ per_call: 0.3, per_compute_ms: 0, per_token: 0.000_000_139 });
    const { expenses } = await getModel(admin.actor, name);
    expect(expenses).toEqual({ perCall: 300_000_000, perRow: 0, perMs: 0, perToken: 139 });
    expect((await lastEvent(name)).detail).toMatchObject({ expenses: { after: { per_call: 0.3 } } });
    for (const expense of [-1, 0.000_000_000_1, 1_001, "1", null])
      expect((await patch(name, { expenses: { per_call: expense } })).status).toBe(422);
    expect((await patch(name, { expenses: { per_row: 1 } })).status).toBe(422);
  });

  test("200: nothing is recorded when nothing changes", async () => {
    const { name, title } = await makeModel();
    expect((await patch(name, { title, is_paused: false })).status).toBe(200);
    expect((await lastEvent(name)).action).toBe("model.created");
  });

  test("200: paused, it is still there; resumed, it is as before", async () => {
    const { name } = await makeModel();
    expect((await patch(name, { is_paused: true })).body.is_paused).toBe(true);
    expect((await read(name)).body.is_paused).toBe(true);
    expect((await patch(name, { is_paused: false })).body.is_paused).toBe(false);
  });

  test("200: a title can be changed although somebody on the list was deleted since", async () => {
    const friend = await makeUser();
    const { name } = await makeModel({ access: { kind: "users", ids: [friend.id] } });
    await api("DELETE", `/api/v1/admin/users/${friend.id}`, { as: admin });
    expect((await patch(name, { title: "Still" })).status).toBe(200);
    const answer = await patch(name, { access: { kind: "users", ids: [friend.id, admin.user.id] } });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, "/access/ids/0"]);
  });

  test("422 for a change of nothing, of its name or of its versions; 404 for what is no model", async () => {
    const { name } = await makeModel();
    for (const body of [{}, { name: "other" }, { version: 2 }, { limits: { timeout_ms: null } }])
      expect((await patch(name, body)).status, JSON.stringify(body)).toBe(422);
    expect((await patch("nothing", { title: "X" })).status).toBe(404);
  });
});

describe("DELETE /admin/models/{model}", () => {
  test("204: from then on it is not there for anybody", async () => {
    const { name } = await makeModel({ file: adderModel() });
    expect((await api("DELETE", `${list}/${name}`, { as: admin })).status).toBe(204);
    expect((await lastEvent(name)).action).toBe("model.deleted");
    expect((await read(name)).status).toBe(404);
    expect((await api("GET", `/api/v1/models/${name}`, { as: admin })).status).toBe(404);
    expect((await api("GET", `${list}/${name}/versions`, { as: admin })).status).toBe(404);
    expect((await api("DELETE", `${list}/${name}`, { as: admin })).status).toBe(404);
    expect((await patch(name, { title: "Back" })).status).toBe(404);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { UserActor } from "@/lib/core/actor";
import { findUsableModel } from "@/lib/models/queries";
import type { modelPageView, modelView } from "@/lib/models/schema";
import { makeAdmin, makeKey, makeModel, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { inProcesses } from "@/lib/testing/processes";
import { api, type Problem } from "@/lib/testing/request";

type Models = z.infer<typeof modelPageView>;
type Model = z.infer<typeof modelView>;

const list = "/api/v1/models";
const everyName = ["for-everyone", "for-mira", "for-nobody", "for-paid"];

let admin: SignedIn;
let mira: SignedIn;
let paul: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
  mira = await signedIn(await makeUser());
  paul = await signedIn(await makeUser({ planId: "paid" }));
  await makeModel({ name: "for-everyone" });
  await makeModel({ name: "for-mira", access: { kind: "users", ids: [mira.user.id] } });
  await makeModel({ name: "for-nobody", access: { kind: "users", ids: [] } });
  await makeModel({ name: "for-paid", access: { kind: "plans", ids: ["paid"] } });
});

type Shown = { as?: { cookie: string }; headers?: Record<string, string> };
const names = async (call: Shown, query = "") =>
  (await api<Models>("GET", `${list}${query}`, call)).body.items.map(({ name }) => name);
const statuses = async (call: Shown) =>
  Promise.all(everyName.map(async (name) => (await api("GET", `${list}/${name}`, call)).status));

describe("who sees which models", () => {
  // Seen failing: with canUseModel answering true.
  test("members see what is for everyone, their plan or themselves; the rest is not there", async () => {
    expect(await names({ as: mira })).toEqual(["for-everyone", "for-mira"]);
    expect(await statuses({ as: mira })).toEqual([200, 200, 404, 404]);
    expect(await names({ as: paul })).toEqual(["for-everyone", "for-paid"]);
    expect(await statuses({ as: paul })).toEqual([200, 404, 404, 200]);
    expect(await names({ as: admin })).toEqual(everyName);
  });

  // Seen failing: with the key's own list left out of canUseModel.
  test("a key that is bound to models sees those of its owner's that it is bound to", async () => {
    const scopes = ["models:read" as const];
    const bound = await makeKey(mira.user, { scopes, models: ["for-mira", "for-paid"] });
    expect(await names(bound)).toEqual(["for-mira"]);
    expect(await statuses(bound)).toEqual([404, 200, 404, 404]);
    const free = await makeKey(mira.user, { scopes });
    expect(await names(free)).toEqual(["for-everyone", "for-mira"]);
    const admins = await makeKey(admin.user, { scopes, models: ["for-nobody"] });
    expect(await names(admins)).toEqual(["for-nobody"]);
  });

  test("for what one may not use and for what never was the answer is the same", async () => {
    const [hidden, never] = [
      await api("GET", `${list}/for-paid`, { as: mira }),
      await api("GET", `${list}/for-nothing`, { as: mira }),
    ];
    const { instance: _, request_id: __, ...rest } = hidden.body as Problem & { instance: string };
    expect(never.body).toMatchObject(rest);
    expect(never.status).toBe(404);
  });

  test("401 for nobody; 403 for a key without the scope", async () => {
    const { headers } = await makeKey(mira.user, { scopes: ["predict"] });
    for (const path of [list, `${list}/for-everyone`, `${list}/for-everyone/openapi.json`]) {
      expect((await api("GET", path)).status, path).toBe(401);
      expect((await api("GET", path, { headers })).status, path).toBe(403);
    }
  });

  test("a change of access counts for the next call, of the API and of the hot path", async () => {
    const { name } = await makeModel({ access: { kind: "users", ids: [mira.user.id] } });
    const actor: UserActor = mira.actor;
    expect((await findUsableModel(actor, name)).name).toBe(name);
    await api("PATCH", `/api/v1/admin/models/${name}`, {
      as: admin,
      body: { access: { kind: "users", ids: [] } },
    });
    await expect((async () => findUsableModel(actor, name))()).rejects.toMatchObject({
      code: "model.not_found",
    });
    expect((await api("GET", `${list}/${name}`, { as: mira })).status).toBe(404);
  });

  // Seen failing: with what the follower of the audit log finds told to nobody.
  test("what another process changes is known within the second", async () => {
    const { name } = await makeModel();
    expect((await api("GET", `${list}/${name}`, { as: mira })).status).toBe(200);
    await inProcesses(1, {
      imports: `
        import { deleteModel } from "./lib/models/commands/delete-model";
        import { systemActor } from "./lib/core/actor";`,
      lines: `await deleteModel(systemActor("test"), ${JSON.stringify(name)}); return null;`,
    });
    await expect
      .poll(async () => (await api("GET", `${list}/${name}`, { as: mira })).status, { timeout: 5_000 })
      .toBe(404);
  });
});

describe("GET /models", () => {
  test("200: what it takes and gives, and nothing about who else may use it or how it runs", async () => {
    const { body } = await api<Model>("GET", `${list}/for-everyone`, { as: mira });
    expect(Object.keys(body).sort()).toEqual([
      ...["description", "example", "history", "id", "inputs", "is_paused", "limits", "name", "next_version"],
      ...["outputs", "runner", "signature", "state", "title", "updated_at", "version"],
    ]);
    expect(Object.keys(body.limits)).toEqual(["timeout_ms", "rows_max"]);
  });

  test("200: page by page, only mine, with q", async () => {
    const { body } = await api<Models>("GET", `${list}?limit=1`, { as: mira });
    expect(body.items.map(({ name }) => name)).toEqual(["for-everyone"]);
    expect(await names({ as: mira }, `?limit=1&cursor=${body.next_cursor}`)).toEqual(["for-mira"]);
    expect(await names({ as: mira }, "?q=MIRA")).toEqual(["for-mira"]);
    expect(await names({ as: mira }, "?q=paid")).toEqual([]);
    expect((await api("GET", `${list}?q=${"x".repeat(201)}`, { as: mira })).status).toBe(422);
  });

  test("200: a paused model is there and says so", async () => {
    const { name } = await makeModel();
    await api("PATCH", `/api/v1/admin/models/${name}`, { as: admin, body: { is_paused: true } });
    expect((await api<Model>("GET", `${list}/${name}`, { as: mira })).body.is_paused).toBe(true);
  });
});

describe("GET /models/{model}/openapi.json", () => {
  type Document = {
    openapi: string;
    paths: Record<string, { post: { requestBody: unknown; responses: Record<string, unknown> } }>;
    components: { schemas: Record<string, { properties?: Record<string, unknown>; required?: string[] }> };
  };

  test("200: one call with the columns and results by name", async () => {
    const { status, body } = await api<Document>("GET", `${list}/for-everyone/openapi.json`, { as: mira });
    expect([status, body.openapi]).toEqual([200, "3.1.0"]);
    expect(Object.keys(body.paths)).toEqual(["/api/v1/predictions"]);
    const { Row, Output } = body.components.schemas;
    expect(Row?.properties?.sepal_length).toMatchObject({ minimum: 0, maximum: 30 });
    expect(Object.keys(Output?.properties ?? {})).toEqual(
      expect.arrayContaining(["label", "probability", "probabilities"]),
    );
    const call = body.paths["/api/v1/predictions"]?.post;
    expect(JSON.stringify(call?.requestBody)).toContain('"model":{"const":"for-everyone"}');
    expect(Object.keys(call?.responses ?? {})).toEqual(
      expect.arrayContaining(["200", "401", "422", "429", "504"]),
    );
  });

  test("404 for a model one may not use", async () => {
    expect((await api("GET", `${list}/for-paid/openapi.json`, { as: mira })).status).toBe(404);
  });
});

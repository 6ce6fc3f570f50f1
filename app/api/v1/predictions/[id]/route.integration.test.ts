import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { LiveModel } from "@/lib/models/queries";
import type { predictionPageView, predictionView } from "@/lib/predictions/schema";
import { makeKey, makeModel, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api, type Call, type Problem } from "@/lib/testing/request";

type One = z.infer<typeof predictionView> & Omit<Problem, "status">;
type Many = z.infer<typeof predictionPageView> & Problem;

const path = "/api/v1/predictions";
const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

let owner: SignedIn;
let model: LiveModel;
beforeAll(async () => {
  owner = await signedIn(await makeUser({ planId: "owner" }));
  model = await makeModel();
});

const predict = async (rest: object, call: Call = { as: owner }) =>
  (await api<One>("POST", path, { ...call, body: { model: model.name, ...rest } })).body;
const read = (id: string, call: Call = { as: owner }) => api<One>("GET", `${path}/${id}`, call);
const list = (search = "", call: Call = { as: owner }) => api<Many>("GET", `${path}${search}`, call);

describe("GET /predictions/{id}", () => {
  test("200: what one sent and what was answered, the moment after", async () => {
    const answer = await predict({ input: setosa });
    const { status, body, headers } = await read(answer.id);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      id: answer.id,
      model: model.name,
      version: 1,
      status: "succeeded",
      code: null,
      rows: 1,
      key_id: null,
      request_id: expect.any(String),
      input: setosa,
      output: answer.output,
      input_hash: null,
      output_hash: null,
      metrics: { predict_ms: expect.any(Number), queue_ms: expect.any(Number) },
      created_at: answer.created_at,
      expires_at: expect.any(String),
    });
    expect(body.output).toMatchObject({ label: "setosa" });
  });

  test("200: of several rows a list", async () => {
    const { id } = await predict({ inputs: [setosa, setosa] });
    const { body } = await read(id);
    expect(body).toMatchObject({ rows: 2, input: [setosa, setosa] });
    expect(body.output).toHaveLength(2);
  });

  test("404: somebody else's, and one that never was, look the same", async () => {
    const { id } = await predict({ input: setosa });
    const other = { as: await signedIn(await makeUser()) };
    const [theirs, none] = [await read(id, other), await read("prd_00000000000000000000", other)];
    expect(theirs.status).toBe(404);
    expect(theirs.body.code).toBe("prediction.not_found");
    expect({ ...theirs.body, request_id: "", instance: "" }).toEqual({
      ...none.body,
      request_id: "",
      instance: "",
    });
  });

  test("404: a call of its owner's, for a key that did not make it", async () => {
    const key = await makeKey(owner.user);
    const own = await predict({ input: setosa }, { headers: key.headers });
    const other = await predict({ input: setosa });
    expect((await read(own.id, { headers: key.headers })).body.key_id).toBe(key.key.id);
    expect((await read(other.id, { headers: key.headers })).status).toBe(404);
  });

  test("401 and 403: not for strangers, and not for keys that may not predict", async () => {
    const { headers } = await makeKey(owner.user, { scopes: ["tasks"] });
    expect((await read("prd_00000000000000000000", {})).status).toBe(401);
    expect((await read("prd_00000000000000000000", { headers })).status).toBe(403);
  });
});

describe("GET /predictions", () => {
  test("200: newest first, in pages", async () => {
    const as = await signedIn(await makeUser({ planId: "owner" }));
    const first = await predict({ input: setosa }, { as });
    const second = await predict({ input: setosa }, { as });
    const page = await list("?limit=1", { as });
    expect(page.body.items.map(({ id }) => id)).toEqual([second.id]);
    const rest = await list(`?limit=1&cursor=${page.body.next_cursor}`, { as });
    expect(rest.body.items.map(({ id }) => id)).toEqual([first.id]);
    expect(rest.body.next_cursor).toBeNull();
    expect((await list(`?model=${model.name}&status=failed`, { as })).body.items).toEqual([]);
  });

  test.each(["?limit=0", "?status=odd", "?from=yesterday", "?cursor=x", "?model=A B", "?odd=1"])(
    "422: %s",
    async (search) => {
      const { status, body } = await list(search);
      expect(status).toBe(422);
      expect(body.errors?.[0]?.fix).toBeTruthy();
    },
  );
});

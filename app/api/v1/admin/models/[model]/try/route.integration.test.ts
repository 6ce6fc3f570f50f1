import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/infra/db/client";
import type { LiveModel } from "@/lib/models/queries";
import { modelNumbers } from "@/lib/predictions/numbers";
import { flushPredictions } from "@/lib/predictions/recorder";
import {
  flowerSignature,
  makeAdmin,
  makeModel,
  makeUser,
  type SignedIn,
  signedIn,
} from "@/lib/testing/factories";
import { api, type Problem } from "@/lib/testing/request";

type Trial = Problem & { output: Record<string, unknown>; metrics: { predict_ms: number; queue_ms: number } };

const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const raw = { columns: null, result: { kind: "raw" } };

let admin: SignedIn;
let model: LiveModel;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
  model = await makeModel();
});

const attempt = (body: object, as = admin) =>
  api<Trial>("POST", `/api/v1/admin/models/${model.name}/try`, { as, body: { number: 1, ...body } });

test("200: what the version says, by its own signature or by one that is not saved", async () => {
  const own = await attempt({ input: setosa });
  expect(own.status).toBe(200);
  expect(own.body).toEqual({
    output: expect.objectContaining({ label: "setosa" }),
    metrics: { predict_ms: expect.any(Number), queue_ms: expect.any(Number) },
  });
  const asIris = {
    columns: flowerSignature?.columns,
    result: {
      kind: "classes",
      labels: ["one", "two", "three"],
      probabilities: "probabilities",
      label: "species",
    },
  };
  expect((await attempt({ input: setosa, signature: asIris })).body.output).toMatchObject({ label: "one" });
  const tensors = await attempt({ input: { measurements: [5.1, 3.5, 1.4, 0.2] }, signature: raw });
  expect(tensors.status).toBe(200);
});

test("422 for a row that does not fit, and for a signature that does not fit the model", async () => {
  const row = await attempt({ input: { ...setosa, petal_width: "wide" } });
  expect([row.status, row.body.errors?.[0]?.pointer]).toEqual([422, "/input/petal_width"]);
  const columns = flowerSignature?.columns?.slice(0, 3);
  const signature = await attempt({ input: setosa, signature: { columns, result: { kind: "raw" } } });
  expect([signature.status, signature.body.errors?.[0]?.pointer]).toEqual([
    422,
    expect.stringMatching(/^\/signature/),
  ]);
});

test("403 for a member, 404 for a version or model that is not there", async () => {
  expect((await attempt({ input: setosa }, await signedIn(await makeUser()))).status).toBe(403);
  expect((await attempt({ number: 7, input: setosa })).body.code).toBe("model.version_not_found");
  const nothing = await api("POST", "/api/v1/admin/models/nothing/try", {
    as: admin,
    body: { number: 1, input: setosa },
  });
  expect([nothing.status, nothing.body.code]).toEqual([404, "model.not_found"]);
});

// Seen failing: with the trial noted by noteCall.
test("works while the model is paused, counts nowhere and is not kept", async () => {
  const pause = (is_paused: boolean) =>
    api("PATCH", `/api/v1/admin/models/${model.name}`, { as: admin, body: { is_paused } });
  await pause(true);
  expect((await attempt({ input: setosa })).status).toBe(200);
  await pause(false);
  await flushPredictions();
  expect(modelNumbers(model.id).calls).toBe(0);
  expect(await db().prediction.count({ where: { modelId: model.id } })).toBe(0);
});

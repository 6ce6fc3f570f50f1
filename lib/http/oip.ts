import { z } from "zod";
import type { UserActor } from "../core/actor";
import { reportOf } from "../models/live";
import type { LiveModel, LiveVersion } from "../models/queries";
import { predictTensors } from "../predictions/commands/predict-tensors";
import { datatypes, runErrors, type TensorSpec } from "../runners/domain";
import { Answer, jsonAnswer } from "./answer";
import { checkReadiness } from "./health";
import { inferAnswer } from "./oip-answer";
import { readInferBody } from "./oip-body";
import { readInferRequest } from "./oip-request";
import type { Declaration } from "./route";

// The shapes of the Open Inference Protocol, for the OpenAPI document and for checking the answers.

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const tensorSpecView = z.strictObject({
  name: z.string(),
  datatype: z.enum(datatypes),
  shape: z.array(z.number().int()),
});
const data = z.array(z.unknown());
const shape = z.array(z.number().int().min(0));

export const serverMetadataView = z.strictObject({
  name: z.string(),
  version: z.string(),
  extensions: z.array(z.string()),
});
export const serverLiveView = z.strictObject({ live: z.literal(true) });
export const serverReadyView = z.strictObject({ live: z.literal(true), ready: z.boolean() });
export const modelReadyView = z.strictObject({ name: z.string(), ready: z.boolean() });
export const modelMetadataView = z.strictObject({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(tensorSpecView),
  outputs: z.array(tensorSpecView),
});
export const inferBody = z.strictObject({
  id: z.string().optional(),
  parameters: parameters.optional(),
  inputs: z.array(
    z.strictObject({
      name: z.string(),
      shape,
      datatype: z.enum(datatypes),
      parameters: parameters.optional(),
      data,
    }),
  ),
  outputs: z.array(z.strictObject({ name: z.string(), parameters: parameters.optional() })).optional(),
});
export const inferView = z.strictObject({
  model_name: z.string(),
  model_version: z.string(),
  id: z.string().optional(),
  parameters,
  outputs: z.array(z.strictObject({ name: z.string(), shape, datatype: z.enum(datatypes), data })),
});

/** What a call below `/v2/models/` is about. */
export type AskedModel = { actor: UserActor; model: LiveModel; version: LiveVersion; request: Request };

/** Whether this server can answer; which models it has is nobody's business but their users'. */
export async function serverReady(): Promise<Answer> {
  const ready = (await checkReadiness()).status === "ok";
  return jsonAnswer(ready ? 200 : 503, { live: true, ready } satisfies z.input<typeof serverReadyView>);
}

/** Not ready is no 200: clients look at the status alone. A model that rests is ready, the first call starts it. */
export function modelReady({ model, version }: AskedModel): Answer {
  const ready = !model.isPaused && reportOf(version).state !== "failing";
  return jsonAnswer(ready ? 200 : 503, { name: model.name, ready } satisfies z.input<typeof modelReadyView>);
}

/** `<project>_<format>`; what is behind an upstream's address, it alone knows. */
const platforms = { onnx: "onnx_onnxv1", http: "openinference_rest" } as const;

const specView = ({ name, datatype, shape }: TensorSpec) => ({ name, datatype, shape });

export const modelMetadata = ({ model, version }: AskedModel): z.input<typeof modelMetadataView> => ({
  name: model.name,
  versions: [...model.versions.keys()].map(String),
  platform: platforms[version.runner],
  inputs: version.inputs.map(specView),
  outputs: version.outputs.map(specView),
});

/** What both addresses of it declare. */
export const inferDeclaration = {
  description:
    "Tensors in, tensors out, as JSON; data flat or nested. parameters.timeout bounds the call in microseconds, below the model's own limit. Values that JSON has no word for (NaN, the infinities) come back as null.",
  limit: "call",
  ownBody: inferBody,
  response: { status: 200, schema: inferView },
  errors: ["rate.limited", "rate.too_many_at_once", "model.paused", ...runErrors],
} satisfies Omit<Declaration, "summary" | "auth">;

export async function infer({ actor, model, version, request }: AskedModel): Promise<Answer> {
  const { id, inputs, outputs, timeoutMs } = readInferRequest(await readInferBody(request));
  const answer = await predictTensors(
    actor,
    {
      model: model.name,
      version: version.number,
      inputs,
      ...(outputs ? { outputs } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
    request,
  );
  const text = inferAnswer({ ...answer, id, predictionId: answer.id });
  return new Answer(200, text, { "content-type": "application/json" });
}

import { asBigInts, asNumbers, asTexts } from "../models/domain/number-ranges";
import { shortestFloat } from "../models/domain/round-float";
import type { Tensor } from "../runners/domain";

export type InferAnswer = {
  model: string;
  version: number;
  /** The caller's own name for the request. */
  id: string | undefined;
  predictionId: string;
  outputs: readonly Tensor[];
};

/** The answer as JSON, written by hand: `JSON.stringify` knows no bigint, and FP32 would get the digits of FP64. */
export function inferAnswer({ model, version, id, predictionId, outputs }: InferAnswer): string {
  const echo = id === undefined ? "" : `"id":${JSON.stringify(id)},`;
  const head = `{"model_name":${JSON.stringify(model)},"model_version":"${version}",${echo}`;
  const parameters = `"parameters":{"prediction_id":${JSON.stringify(predictionId)}}`;
  return `${head}${parameters},"outputs":[${outputs.map(tensorText).join(",")}]}`;
}

const tensorText = (tensor: Tensor): string =>
  `{"name":${JSON.stringify(tensor.name)},"shape":[${tensor.shape.join(",")}],` +
  `"datatype":"${tensor.datatype}","data":${dataText(tensor)}}`;

/** Flat and row-major. */
function dataText({ datatype, data }: Tensor): string {
  switch (datatype) {
    case "BYTES":
      return JSON.stringify(asTexts(data));
    case "INT64":
    case "UINT64":
      return `[${asBigInts(data).join(",")}]`;
    case "BOOL":
      return listText(asNumbers(data), (value) => (value === 0 ? "false" : "true"));
    case "FP16":
    case "FP32":
      return listText(asNumbers(data), (value) => numberText(shortestFloat(value)));
    case "FP64":
      return listText(asNumbers(data), numberText);
    default:
      return `[${asNumbers(data).join(",")}]`;
  }
}

function listText(data: ReturnType<typeof asNumbers>, textOf: (value: number) => string): string {
  let text = "[";
  for (let at = 0; at < data.length; at += 1) text += (at === 0 ? "" : ",") + textOf(data[at] ?? 0);
  return `${text}]`;
}

/** JSON has no word for NaN and the infinities. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return "null";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

import { z } from "zod";
import { parseBigJson } from "../../core/big-json";
import { invalid } from "../../core/errors";
import { datatypes, type Tensor, type TensorSpec, type Upstream } from "../domain";
import { excerpt, invalidAnswer, UpstreamFault } from "./fault";
import { readTensor, tensorJson } from "./tensor-json";

/** The model's own address: from that of the server, or of the model, or of its `infer`. */
export function modelUrl({ url, model }: Upstream): URL {
  const address = new URL(url);
  const path = address.pathname.replace(/\/+$/, "").replace(/\/infer$/, "");
  if (/\/v2\/models\/[^/]+(\/versions\/[^/]+)?$/.test(path)) address.pathname = path;
  else if (model !== null)
    address.pathname = `${path.replace(/\/v2(\/models)?$/, "")}/v2/models/${encodeURIComponent(model)}`;
  else throw invalid("/model", "Which model of that server?", "Name the model as the server calls it.");
  return address;
}

export function inferUrl(upstream: Upstream): URL {
  const address = modelUrl(upstream);
  address.pathname += "/infer";
  return address;
}

export function inferBody(inputs: readonly Tensor[], outputs: readonly string[] | undefined): string {
  const asked = outputs ? `,"outputs":${JSON.stringify(outputs.map((name) => ({ name })))}` : "";
  return `{"inputs":[${inputs.map(tensorJson).join(",")}]${asked}}`;
}

/** Parses an answer; what is no JSON is a fault that begins with what came instead. */
export function readJson(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    return parse(text);
  } catch {
    if (/^\s*</.test(text)) throw invalidAnswer("It answered with a web page instead of JSON.");
    if (/(^|[\s,:[])-?(NaN|Infinity)\b/.test(text))
      throw new UpstreamFault(
        "upstream.invalid_answer",
        "Its answer holds NaN or Infinity, which is no JSON.",
        {
          isHarmless: true,
        },
      );
    throw invalidAnswer(text === "" ? "Its answer is empty." : "Its answer is not valid JSON.");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The outputs that were asked for, each as its description promises; what nobody asked for is dropped. */
export function readInferAnswer(text: string, expected: readonly TensorSpec[]): Tensor[] {
  const answer = readJson(text, parseBigJson);
  const outputs = isRecord(answer) ? answer.outputs : undefined;
  if (!Array.isArray(outputs)) throw invalidAnswer("Its answer has no list of outputs.");
  return expected.map((spec) => {
    const given: unknown = outputs.find((output) => isRecord(output) && output.name === spec.name);
    if (!isRecord(given)) throw invalidAnswer(`Its answer lacks the output "${spec.name}".`);
    return readTensor(given, spec);
  });
}

const tensorMetadata = z.object({
  name: z.string().min(1).max(200),
  datatype: z.string().max(40),
  shape: z
    .array(
      z
        .number()
        .int()
        .min(-1)
        .max(2 ** 31),
    )
    .max(16),
});
const metadata = z.object({
  inputs: z.array(tensorMetadata).min(1).max(100),
  outputs: z.array(tensorMetadata).min(1).max(100),
});

function specOf({ name, datatype, shape }: z.output<typeof tensorMetadata>): TensorSpec {
  const known = datatypes.find((candidate) => candidate === datatype);
  if (!known) throw invalidAnswer(`Its tensor "${excerpt(name, {})}" has a type that is not known here.`);
  return { name, datatype: known, shape };
}

/** What a server says of a model. */
export function readMetadata(text: string): { inputs: TensorSpec[]; outputs: TensorSpec[] } {
  const { success, data } = metadata.safeParse(readJson(text));
  if (!success)
    throw invalidAnswer("Its answer is no description of a model: inputs and outputs are missing.");
  return { inputs: data.inputs.map(specOf), outputs: data.outputs.map(specOf) };
}

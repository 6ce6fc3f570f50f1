import type { z } from "zod";
import { AppError, invalid } from "../../core/errors";
import { encrypt } from "../../infra/secrets";
import type { Preset, TensorSpec, Upstream } from "../../runners/domain";
import { describeUpstream } from "../../runners/http/upstream";
import { describeOnnx } from "../../runners/onnx/describe";
import { signatureFaults } from "../domain/check-signature";
import { defaultSignature } from "../domain/default-signature";
import { isSameOrigin, keptHeaders, upstreamOf } from "../domain/read-upstream";
import { fileBytes, modelFile } from "../files";
import { headersPurpose, type ModelRow, readHeaders, type VersionRow } from "../live";
import type { Signature, UpstreamInput, versionSource } from "../schema";

export type Source = z.output<typeof versionSource>;

/** All of a version but its place among the others. */
export type VersionContent = Pick<
  VersionRow,
  "runner" | "fileSha256" | "fileBytes" | "upstream" | "headersSealed" | "inputs" | "outputs" | "signature"
>;

export type Tensors = { inputs: TensorSpec[]; outputs: TensorSpec[] };

/**
 * Looks at the file or the service that a version is to be made from, and at whether the names fit its tensors.
 * That can take seconds, so it is done before anything is locked. `model`: the one that gets another version.
 */
export async function readSource(
  source: Source,
  signature: Signature | null,
  model: ModelRow | null,
): Promise<VersionContent> {
  if (source.kind === "file") return readFile(source.sha256, signature);
  if (source.kind === "upstream") return readUpstream(source.upstream, signature, model);
  return readVersion(source.number, signature, model);
}

async function readFile(sha256: string, signature: Signature | null): Promise<VersionContent> {
  const bytes = await requireFile(sha256);
  const tensors = await describeOnnx(modelFile(sha256));
  return {
    ...{ runner: "onnx", fileSha256: sha256, fileBytes: bytes, upstream: null, headersSealed: null },
    ...named(tensors, signature, null),
  };
}

/** Asked again where the version is written: tidying up may have removed the file meanwhile. */
export async function requireFile(sha256: string): Promise<number> {
  const bytes = await fileBytes(sha256);
  if (bytes !== null) return bytes;
  const message = `No file with the SHA-256 ${sha256} was uploaded.`;
  throw invalid(
    "/source/sha256",
    message,
    "Upload it first, then name what the answer says.",
    "model.file_unknown",
  );
}

async function readUpstream(
  input: UpstreamInput,
  signature: Signature | null,
  model: ModelRow | null,
): Promise<VersionContent> {
  const upstream = upstreamOf(input);
  const headers = completeHeaders(input, model);
  const tensors = await askUpstream(upstream, headers, "/source/upstream");
  const hasHeaders = Object.keys(headers).length > 0;
  return {
    ...{ runner: "http", fileSha256: null, fileBytes: null, upstream: JSON.stringify(upstream) },
    headersSealed: hasHeaders ? encrypt(headersPurpose, JSON.stringify(headers)) : null,
    ...named(tensors, signature, upstream.preset),
  };
}

/** What a service says of its tensors, where its preset has a way to say it. `pointer`: where it is in the input. */
export async function askUpstream(
  upstream: Upstream,
  headers: Record<string, string>,
  pointer: string,
): Promise<Tensors> {
  try {
    return await describeUpstream(upstream, headers);
  } catch (error) {
    if (!(error instanceof AppError && error.faults)) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer }));
    throw new AppError(error.code, { detail: error.message, faults, cause: error });
  }
}

/**
 * A header that is sent empty keeps the secret of the version in use, which nobody can read again. Only for the same
 * origin: otherwise whoever may add a version could have every secret sent to a machine of their own.
 */
function completeHeaders(input: UpstreamInput, model: ModelRow | null): Record<string, string> {
  const kept = keptHeaders(input);
  if (kept.length === 0) return input.headers;
  const row = model?.versions.find(({ number }) => number === model.stable);
  const isSame = row?.upstream && isSameOrigin(JSON.parse(row.upstream).url, input.url);
  const known = row && isSame ? readHeaders(row) : {};
  const find = (name: string) =>
    Object.entries(known).find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
  return Object.fromEntries(
    Object.entries(input.headers).map(([name, value]) => {
      const found = value === "" ? find(name) : value;
      if (found !== undefined) return [name, found];
      const message = `There is no earlier value of the header ${name} to keep.`;
      const fix = "Write the value again: it is kept only while scheme, host and port stay the same.";
      throw invalid(`/source/upstream/headers/${name}`, message, fix);
    }),
  );
}

async function readVersion(
  number: number,
  signature: Signature | null,
  model: ModelRow | null,
): Promise<VersionContent> {
  const row = model?.versions.find((version) => version.number === number);
  if (!row) {
    const message = model ? `${model.name} has no version ${number}.` : "A new model has no versions yet.";
    throw invalid("/source/number", message, "Name one that exists, or upload a file.");
  }
  const { runner, fileSha256, fileBytes, upstream, headersSealed, inputs, outputs } = row;
  const preset: Preset | null = upstream === null ? null : JSON.parse(upstream).preset;
  const tensors = { inputs: JSON.parse(inputs), outputs: JSON.parse(outputs) };
  return {
    ...{ runner, fileSha256, fileBytes, upstream, headersSealed },
    ...named(tensors, signature ?? JSON.parse(row.signature), preset),
  };
}

/** The tensors and the names for them, which have to fit; without names those that the product would give. */
function named({ inputs, outputs }: Tensors, given: Signature | null, preset: Preset | null) {
  const signature = given ?? defaultSignature(inputs, outputs, preset);
  const faults = signatureFaults(signature, inputs, outputs, preset === null ? "onnx" : "http");
  const [first] = faults;
  if (first)
    throw new AppError("request.invalid", {
      detail: `The signature does not fit the model: ${first.pointer}: ${first.message}`,
      faults,
    });
  return {
    inputs: JSON.stringify(inputs),
    outputs: JSON.stringify(outputs),
    signature: JSON.stringify(signature),
  };
}

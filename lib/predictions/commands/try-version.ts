import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { signatureFaults } from "../../models/domain/check-signature";
import { compileResults, type ResultWriter } from "../../models/domain/decode-results";
import { compileRows, type RowReader } from "../../models/domain/encode-rows";
import { getModel, type LiveVersion, versionOf } from "../../models/queries";
import type { Signature } from "../../models/schema";
import type { CallTimes } from "../../runners/domain";
import { boundsOf, type Caller } from "./caller-bounds";
import { runVersion } from "./run-version";

type Trial = { number: number; signature: Signature | null; input: Record<string, unknown> };

/**
 * For administrators: what would this version, perhaps with a signature that is not saved yet, say of this row? Also
 * of a model that is paused. It is a look and no call, so it counts and is kept nowhere.
 */
export async function tryVersion(
  actor: UserActor,
  modelName: string,
  { number, signature, input }: Trial,
  caller: Caller,
): Promise<CallTimes & { output: unknown }> {
  const model = await getModel(actor, modelName);
  const version = versionOf(model, number);
  const { reader, writer } = signature ? compiled(version, signature) : version;
  const read = reader.read([input], false, model.rowsMax);
  const { results, ...times } = await runVersion(version, writer, read, boundsOf(model.timeoutMs, caller));
  return { output: results[0], ...times };
}

function compiled(version: LiveVersion, signature: Signature): { reader: RowReader; writer: ResultWriter } {
  const { inputs, outputs, runner } = version;
  const faults = signatureFaults(signature, inputs, outputs, runner);
  const [first] = faults;
  if (first) throw new AppError("request.invalid", { detail: `The signature: ${first.message}`, faults });
  const about = { inputs, outputs, signature, runner, preset: version.upstream?.preset ?? null };
  return { reader: compileRows(about), writer: compileResults(about) };
}

import { type Actor, requireAdmin } from "../../core/actor";
import { defaultSignature } from "../domain/default-signature";
import { upstreamOf } from "../domain/read-upstream";
import type { Signature, UpstreamInput } from "../schema";
import { askUpstream, type Tensors } from "./read-source";

/** What a version made from this upstream would begin with. Nothing is kept. */
export async function probeUpstream(
  actor: Actor,
  input: UpstreamInput,
): Promise<Tensors & { signature: Signature }> {
  requireAdmin(actor);
  const upstream = upstreamOf(input);
  const { inputs, outputs } = await askUpstream(upstream, input.headers, "");
  return { inputs, outputs, signature: defaultSignature(inputs, outputs, upstream.preset) };
}

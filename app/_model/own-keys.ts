import type { SessionActor } from "@/lib/core/actor";
import { now } from "@/lib/infra/clock";
import { listKeys } from "@/lib/keys/queries";
import { keyView } from "@/lib/keys/view";
import type { SnippetKey } from "./snippet-card";

/** One's own keys that may call this model. */
export async function keysFor(actor: SessionActor, model: string): Promise<SnippetKey[]> {
  const { items } = await listKeys(actor, { state: "live", limit: 100 });
  return items
    .map((key) => keyView(key, now()))
    .filter(({ scopes, models }) => scopes.includes("predict") && (models?.includes(model) ?? true))
    .map((key) => ({ id: key.id, name: key.name, last4: key.last4 }));
}

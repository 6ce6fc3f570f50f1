import type { SessionActor } from "@/lib/core/actor";
import { countAllKeys } from "@/lib/keys/queries";
import type { LiveModel } from "@/lib/models/queries";
import { countUsers } from "@/lib/users/queries";

/** Whom a change of a model is about: people who may use it, beside administrators, and live keys that may call it. */
export type Reach = { people: number; keys: number };

export async function loadReach(actor: SessionActor, { name, access }: LiveModel): Promise<Reach> {
  const [people, keys] = await Promise.all([
    countPeople(actor, access),
    countAllKeys(actor, { model: name, state: "live" }),
  ]);
  return { people, keys };
}

async function countPeople(actor: SessionActor, { kind, ids }: LiveModel["access"]): Promise<number> {
  if (kind === "everyone") return countUsers(actor, { state: "active" });
  if (kind === "users") return ids.size;
  const counts = await Promise.all([...ids].map((plan) => countUsers(actor, { plan, state: "active" })));
  return counts.reduce((sum, count) => sum + count, 0);
}

import type { SessionActor } from "@/lib/core/actor";
import { countAllKeys } from "@/lib/keys/queries";
import type { LiveModel } from "@/lib/models/queries";
import { countUsers } from "@/lib/users/queries";

/**
 * Whom a change of a model is about: people who may use it, beside administrators, and their live keys that may
 * call it; null where counting these would take a query for each of many people.
 */
export type Reach = { people: number; keys: number | null };

const ownersMax = 20;

export async function loadReach(actor: SessionActor, { name, access }: LiveModel): Promise<Reach> {
  const [people, keys] = await Promise.all([countPeople(actor, access), countKeys(actor, name, access)]);
  return { people, keys };
}

async function countPeople(actor: SessionActor, { kind, ids }: LiveModel["access"]): Promise<number> {
  if (kind === "everyone") return countUsers(actor, { state: "active" });
  if (kind === "users") return ids.size;
  return sumOf([...ids].map((plan) => countUsers(actor, { plan, state: "active" })));
}

async function countKeys(
  actor: SessionActor,
  model: string,
  { kind, ids }: LiveModel["access"],
): Promise<number | null> {
  const callable = { model, state: "live" } as const;
  if (kind === "everyone") return countAllKeys(actor, callable);
  if (kind === "plans" || ids.size > ownersMax) return null;
  return sumOf([...ids].map((owner) => countAllKeys(actor, { ...callable, owner })));
}

async function sumOf(counts: Promise<number>[]): Promise<number> {
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

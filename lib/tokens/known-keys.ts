import { now } from "../infra/clock";
import { singleton } from "../infra/singleton";
import type { TokenAlgorithm } from "./schema";

/** The public half of a signing key, ready for use. */
export type VerificationKey = {
  id: string;
  algorithm: TokenAlgorithm;
  key: CryptoKey;
  publicJwk: Record<string, string>;
  /** Null: not retired yet. */
  expiresAt: Date | null;
};

const known = () => singleton("known-keys", () => ({ keys: new Map<string, VerificationKey>() }));

/** From memory alone, for whoever may not wait for the database: the first look at a request. */
export function knownVerificationKey(kid: string): VerificationKey | undefined {
  const key = known().keys.get(kid);
  return key && (key.expiresAt === null || key.expiresAt > now()) ? key : undefined;
}

export const listKnownKeys = (): VerificationKey[] => [...known().keys.values()];

/** Replaces all that was known: a key that the database no longer has is forgotten. */
export function rememberKeys(keys: readonly VerificationKey[]): void {
  known().keys = new Map(keys.map((key) => [key.id, key]));
}

import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { audited } from "../audit/commands/audited";
import type { NewAuditEvent } from "../audit/domain";
import { systemActor } from "../core/actor";
import { newId } from "../core/ids";
import { secondMs } from "../core/time";
import { now } from "../infra/clock";
import { type Database, db, type Transaction } from "../infra/db/client";
import { env } from "../infra/env";
import { decrypt, encrypt } from "../infra/secrets";
import { singleton, takeSingleton } from "../infra/singleton";
import { retiredKeyKeptMs } from "./domain";
import { knownVerificationKey, listKnownKeys, rememberKeys, type VerificationKey } from "./known-keys";
import { type TokenAlgorithm, tokenHeader } from "./schema";

export type SigningKey = { id: string; algorithm: TokenAlgorithm; privateKey: CryptoKey };

/** The newest one that is not retired: at most one, but for the moment of a rotation. */
export const findCurrentRow = (database: Database = db()) =>
  database.signingKey.findFirst({
    where: { retiredAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });

type SigningKeyRow = NonNullable<Awaited<ReturnType<typeof findCurrentRow>>>;

/**
 * The key that signs: made at first use, and anew when TOKEN_ALGORITHM names another algorithm than it has. Asked
 * for outside of transactions, because it may need one of its own.
 */
export async function currentSigningKey(): Promise<SigningKey> {
  const current = await findCurrentRow();
  if (current?.algorithm === env().tokenAlgorithm) return openSigningKey(current);
  const draft = await draftSigningKey();
  const row = await audited(systemActor("TOKEN_ALGORITHM"), async (transaction, record) => {
    const found = await findCurrentRow(transaction);
    // Another process was first.
    if (found?.algorithm === draft.algorithm) return found;
    if (found) record(rotationEvent(draft, found));
    return replaceSigningKey(transaction, draft);
  });
  return openSigningKey(row);
}

/** Writes a new key that signs from now on. The retired ones verify until the last of their tokens is over. */
export async function replaceSigningKey(
  transaction: Transaction,
  draft: SigningKeyRow,
): Promise<SigningKeyRow> {
  const at = now();
  await transaction.signingKey.updateMany({
    where: { retiredAt: null },
    data: { retiredAt: at, expiresAt: new Date(at.getTime() + retiredKeyKeptMs) },
  });
  return transaction.signingKey.create({ data: draft });
}

export const rotationEvent = (next: SigningKeyRow, previous: SigningKeyRow | null): NewAuditEvent => ({
  action: "signing_key.rotated",
  object: { type: "signing_key", id: next.id, label: `${next.algorithm} key` },
  detail: { previous: previous?.id ?? null, algorithm: next.algorithm },
});

export async function draftSigningKey(): Promise<SigningKeyRow> {
  const algorithm = env().tokenAlgorithm;
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  return {
    id: newId("sgk"),
    algorithm,
    publicKey: JSON.stringify(publicJwk),
    privateSealed: encrypt("signing-key", JSON.stringify(privateJwk)),
    createdAt: now(),
    retiredAt: null,
    expiresAt: null,
  };
}

const opened = () => singleton("signing-keys", () => new Map<string, Promise<CryptoKey>>());

async function openSigningKey({ id, algorithm, privateSealed }: SigningKeyRow): Promise<SigningKey> {
  let privateKey = opened().get(id);
  if (!privateKey) {
    // Only the key in use is kept: the others sign nothing any more.
    opened().clear();
    // It may be news to this process, so the next one who looks for it need not wait.
    takeSingleton("key-reloads");
    privateKey = importKey(decrypt("signing-key", privateSealed), algorithm);
    opened().set(id, privateKey);
  }
  return { id, algorithm: algorithm as TokenAlgorithm, privateKey: await privateKey };
}

const importKey = async (jwk: string, algorithm: string): Promise<CryptoKey> =>
  (await importJWK(JSON.parse(jwk) as JWK, algorithm)) as CryptoKey;

/** The key that verifies tokens of this `kid`: from memory, else from the database. */
export async function findVerificationKey(kid: string): Promise<VerificationKey | undefined> {
  if (!tokenHeader.shape.kid.safeParse(kid).success) return undefined;
  const known = knownVerificationKey(kid);
  if (known) return known;
  await reloadKeys();
  return knownVerificationKey(kid);
}

/** For everybody who verifies our tokens without asking us (RFC 7517). */
export async function publicKeys() {
  const { id: current } = await currentSigningKey();
  const isRecent = performance.now() - reloads().startedAt < secondMs;
  if (!isRecent || !knownVerificationKey(current)) await reloadKeys();
  return listKnownKeys().map(({ id, algorithm, publicJwk }) => ({
    kty: publicJwk.kty ?? "",
    crv: publicJwk.crv ?? "",
    x: publicJwk.x ?? "",
    ...(publicJwk.y === undefined ? {} : { y: publicJwk.y }),
    kid: id,
    alg: algorithm,
    use: "sig" as const,
  }));
}

type Reloads = { next: Promise<void> | undefined; startedAt: number };
const reloads = () => singleton<Reloads>("key-reloads", () => ({ next: undefined, startedAt: -secondMs }));

/**
 * Reads the keys at most once a second, however many made-up key names come in. Who asks in between shares the
 * next reading, which begins after the question: a key that another process made just now is never missed.
 */
function reloadKeys(): Promise<void> {
  const state = reloads();
  const waitMs = Math.max(0, state.startedAt + secondMs - performance.now());
  state.next ??= new Promise((resolve) => setTimeout(resolve, waitMs)).then(() => {
    state.next = undefined;
    state.startedAt = performance.now();
    return readKeys();
  });
  return state.next;
}

async function readKeys(): Promise<void> {
  const rows = await db().signingKey.findMany({
    where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }] },
    orderBy: { createdAt: "desc" },
  });
  rememberKeys(
    await Promise.all(
      rows.map(async ({ id, algorithm, publicKey, expiresAt }) => ({
        id,
        algorithm: algorithm as TokenAlgorithm,
        key: await importKey(publicKey, algorithm),
        publicJwk: JSON.parse(publicKey) as Record<string, string>,
        expiresAt,
      })),
    ),
  );
}

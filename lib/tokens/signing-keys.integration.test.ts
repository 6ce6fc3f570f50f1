import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { dayMs, minuteMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { takeSingleton } from "../infra/singleton";
import { useDatabase } from "../testing/database";
import { makeAdmin, makeUser, signedIn, signedInProgram } from "../testing/factories";
import { inProcesses } from "../testing/processes";
import { verifyAccessToken } from "./access-tokens";
import { rotateSigningKey } from "./commands/rotate-signing-key";
import { kidOf } from "./domain";
import { knownVerificationKey } from "./known-keys";
import { listSigningKeys } from "./queries";
import { currentSigningKey, findVerificationKey, publicKeys } from "./signing-keys";

beforeEach(async () => void (await useDatabase()));
afterEach(() => void vi.restoreAllMocks());

const admin = async () => (await signedIn(await makeAdmin())).actor;
const program = async () => signedInProgram(await makeUser());
const isGood = async (token: string) => (await verifyAccessToken(token, findVerificationKey)) !== null;
/** As in a process that has just begun. */
const forgetAll = () => ["signing-keys", "known-keys", "key-reloads"].forEach(takeSingleton);

describe("the signing key", () => {
  // Seen failing: without the second look inside the transaction of currentSigningKey().
  test("is made once, at first use, however many ask at the same moment", async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, () => currentSigningKey()));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
    expect(await db().signingKey.count()).toBe(1);
  });

  test("is made once by three processes at the same moment", async () => {
    const ids = await inProcesses<string>(3, {
      imports: `import { currentSigningKey } from "./lib/tokens/signing-keys";`,
      lines: `return (await currentSigningKey()).id;`,
    });
    expect(new Set(ids)).toEqual(new Set([(await currentSigningKey()).id]));
    expect(await db().signingKey.count()).toBe(1);
  });

  test("is stored encrypted, and its private part is in no list of public keys", async () => {
    const { id } = await currentSigningKey();
    const row = await db().signingKey.findUniqueOrThrow({ where: { id } });
    expect(JSON.parse(row.publicKey)).not.toHaveProperty("d");
    expect(row.privateSealed).toMatch(/^[\w-]{100,}$/);
    expect(Buffer.from(row.privateSealed, "base64url").toString()).not.toContain("kty");
    expect(JSON.stringify(await publicKeys())).not.toContain('"d"');
  });

  test("is another one as soon as TOKEN_ALGORITHM says so; tokens of the old one stay good", async () => {
    const { accessToken } = await program();
    process.env.TOKEN_ALGORITHM = "ES256";
    try {
      takeSingleton("env");
      expect(env().tokenAlgorithm).toBe("ES256");
      const next = await program();
      expect(kidOf(next.accessToken)).not.toBe(kidOf(accessToken));
      expect([await isGood(next.accessToken), await isGood(accessToken)]).toEqual([true, true]);
      expect((await publicKeys()).map(({ alg, crv }) => [alg, crv])).toEqual([
        ["ES256", "P-256"],
        ["EdDSA", "Ed25519"],
      ]);
      const [event] = await db().auditEvent.findMany({ where: { action: "signing_key.rotated" } });
      expect(event).toMatchObject({ actorKind: "system", objectId: kidOf(next.accessToken) });
    } finally {
      delete process.env.TOKEN_ALGORITHM;
      takeSingleton("env");
    }
  });
});

describe("a rotation", () => {
  // Seen failing: with the retired key's end set to now.
  test("makes a new key sign and lets the old tokens go on to their end", async () => {
    const before = await program();
    const actor = await admin();
    const { id } = await rotateSigningKey(actor);
    const after = await program();
    expect(kidOf(after.accessToken)).toBe(id);
    expect(kidOf(before.accessToken)).not.toBe(id);
    for (const start of [() => {}, forgetAll]) {
      start();
      expect([await isGood(before.accessToken), await isGood(after.accessToken)]).toEqual([true, true]);
    }
    moveClock(env().accessTokenMs - minuteMs);
    expect(await isGood(before.accessToken)).toBe(true);
    const [event] = await db().auditEvent.findMany({ where: { action: "signing_key.rotated" } });
    expect(event).toMatchObject({ actorId: actor.user.id, objectId: id });
  });

  test("is learned by other processes from the tokens themselves", async () => {
    const before = await program();
    const { id: retired } = await currentSigningKey();
    const [answer] = await inProcesses<{ seen: boolean; kid: string | null }>(1, {
      imports: `import { rotateSigningKey } from "./lib/tokens/commands/rotate-signing-key";
        import { systemActor } from "./lib/core/actor";
        import { verifyAccessToken } from "./lib/tokens/access-tokens";
        import { findVerificationKey } from "./lib/tokens/signing-keys";`,
      lines: `const { id } = await rotateSigningKey(systemActor("test"));
        const claims = await verifyAccessToken(${JSON.stringify(before.accessToken)}, findVerificationKey);
        return { seen: claims !== null, kid: id };`,
    });
    expect(answer?.seen).toBe(true);
    const after = await program();
    expect(kidOf(after.accessToken)).toBe(answer?.kid);
    expect(kidOf(after.accessToken)).not.toBe(retired);
    expect(await isGood(after.accessToken)).toBe(true);
  });

  test("two at once leave one key that signs, and every token is good", async () => {
    const actor = await admin();
    const before = await program();
    await Promise.all([rotateSigningKey(actor), rotateSigningKey(actor)]);
    const rows = await listSigningKeys(actor);
    expect(rows).toHaveLength(3);
    expect(rows.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1);
    expect(await isGood(before.accessToken)).toBe(true);
    expect(await isGood((await program()).accessToken)).toBe(true);
  });

  test("takes a retired key away once the last token it can have signed is over", async () => {
    const { id: first } = await currentSigningKey();
    await rotateSigningKey(await admin());
    moveClock(7 * dayMs);
    expect((await publicKeys()).map(({ kid }) => kid)).toContain(first);
    moveClock(2 * minuteMs);
    expect(await findVerificationKey(first)).toBeUndefined();
    expect((await publicKeys()).map(({ kid }) => kid)).not.toContain(first);
  });

  test("is for administrators", async () => {
    const { actor } = await signedIn(await makeUser());
    for (const work of [() => rotateSigningKey(actor), () => listSigningKeys(actor)])
      await expect(work()).rejects.toThrow(expect.objectContaining({ code: "auth.forbidden" }));
  });
});

describe("unknown keys", () => {
  const madeUp = (index: number) => `sgk_${String(index).padStart(20, "0")}`;

  // Seen failing: with the shape of a kid not looked at, and with reloadKeys() reading every time.
  test("are asked for in the database at most once a second, and not at all when they cannot be ours", async () => {
    await findVerificationKey(madeUp(0));
    const read = vi.spyOn(db().signingKey, "findMany");
    for (const text of ["", "a", "sgk_", "sgk_../../etc/passwd", `sgk_${"a".repeat(21)}`])
      expect(await findVerificationKey(text)).toBeUndefined();
    expect(read).toHaveBeenCalledTimes(0);
    const found = await Promise.all(
      Array.from({ length: 500 }, (_, index) => findVerificationKey(madeUp(index))),
    );
    expect(found.filter((key) => key !== undefined)).toEqual([]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  test("are found in the very next reading, when another process made them just now", async () => {
    await findVerificationKey(madeUp(0));
    const { id } = await currentSigningKey();
    expect(knownVerificationKey(id)).toBeUndefined();
    const [key] = await Promise.all([findVerificationKey(id), findVerificationKey(madeUp(1))]);
    expect(key?.id).toBe(id);
    expect(knownVerificationKey(id)?.id).toBe(id);
  });
});

test("anybody can verify a token with nothing but the published keys", async () => {
  const { accessToken, user, sessionId } = await program();
  const keys = createLocalJWKSet({ keys: await publicKeys() });
  const { payload, protectedHeader } = await jwtVerify(accessToken, keys, {
    issuer: env().baseUrl,
    audience: env().baseUrl,
    typ: "at+jwt",
    currentDate: now(),
  });
  expect(payload).toMatchObject({ sub: user.id, sid: sessionId, role: "member", client_id: "adyton" });
  expect(protectedHeader.alg).toBe("EdDSA");
});

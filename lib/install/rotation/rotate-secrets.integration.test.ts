import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { verifyAuditChain } from "../../audit/queries";
import { systemActor } from "../../core/actor";
import { dayMs, hourMs, minuteMs } from "../../core/time";
import { beginChallenge, findChallenge } from "../../factors/challenges";
import { claimRecoveryCode, replaceRecoveryCodes } from "../../factors/recovery-codes";
import { openTotpSecret, sealTotpSecret } from "../../factors/totp";
import { Answer } from "../../http/answer";
import { authenticate } from "../../http/authenticate";
import { once } from "../../http/idempotency";
import { moveClock, now, resetClock } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { readSecrets } from "../../infra/secret-file";
import { macLike } from "../../infra/secrets";
import { takeSingleton } from "../../infra/singleton";
import { attemptKey, takeAttempt } from "../../sign-in/attempts";
import { signIn } from "../../sign-in/commands/sign-in";
import { createDeviceToken, isDeviceOf } from "../../sign-in/device";
import { dropAuditTriggers } from "../../testing/audit-table";
import { useDatabase } from "../../testing/database";
import { anonymousFrom, makeKey, makeUser, signedIn, signedInProgram } from "../../testing/factories";
import { rememberSecret } from "../../testing/leaks";
import { testPassword } from "../../testing/test-password";
import { refreshTokens } from "../../tokens/commands/refresh-tokens";
import { createLink, getLink } from "../../users/links";
import { sealSecret, unsealSecret } from "../../webhooks/signature";
import { openInstall } from "../commands";
import { dropUnusedSecrets } from "./drop-unused";
import { type RotationStep, rotateSecrets } from "./rotate-secrets";

beforeEach(async () => {
  await useDatabase();
  await openInstall();
});

afterEach(resetClock);

const rotate = (options: Parameters<typeof rotateSecrets>[0] = {}) =>
  rotateSecrets({ knownMs: 0, settledMs: 0, ...options });
const system = systemActor("test");
const chain = () => verifyAuditChain(system);
const idsOf = (name: "cookie" | "pepper" | "digest" | "encryption" | "audit") =>
  readSecrets()[name].map(({ id, state }) => `${id} ${state}`);

/** One of each kind of what somebody may hold or have stored, and a look at whether all of it is good. */
async function makeThings() {
  const user = await makeUser();
  const [browser, key, program] = [await signedIn(user), await makeKey(user), await signedInProgram(user)];
  const link = await db().$transaction((transaction) =>
    createLink(transaction, user.id, "password_reset", 24),
  );
  const codes = await db().$transaction((transaction) => replaceRecoveryCodes(transaction, user.id));
  const { secret: pending } = await beginChallenge("second_factor", { userId: user.id, data: { a: 1 } });
  const device = createDeviceToken(user.id);
  rememberSecret(link.secret, pending, ...codes);
  await db().totp.create({
    data: { userId: user.id, secretSealed: sealTotpSecret("JBSWY3DPEHPK3PXP"), createdAt: now() },
  });
  await db().webhookEndpoint.create({
    data: {
      id: `whk_${user.id}`,
      userId: user.id,
      url: "https://example.org",
      events: "",
      secretSealed: sealSecret("whsec_x"),
      createdAt: now(),
    },
  });
  const call = { actorId: user.id, method: "POST", path: "/x", key: "k", body: "{}" };
  await once(call, async () => new Answer(201, '{"n":1}', {}));

  let refreshToken = program.refreshToken;
  const areGood = async (isPasswordTried = true) => {
    // As a process that has never seen any of it.
    takeSingleton("credentials");
    takeSingleton("signing-keys");
    takeSingleton("known-keys");
    const actorOf = async (headers: Record<string, string>) =>
      (await authenticate(new Headers(headers))).kind;
    expect(await actorOf({ cookie: browser.cookie })).toBe("session");
    expect(await actorOf(key.headers)).toBe("key");
    expect(await actorOf(program.headers)).toBe("token");
    refreshToken = (await refreshTokens(anonymousFrom(), refreshToken)).refreshToken;
    rememberSecret(refreshToken);
    expect((await getLink("password_reset", link.secret)).user.id).toBe(user.id);
    expect(await findChallenge("second_factor", pending)).not.toBeNull();
    expect(isDeviceOf(user.id, device)).toBe(true);
    // A real hash of the product takes its time: once in a while is enough.
    if (isPasswordTried) await signIn(anonymousFrom(), { email: user.email, password: testPassword });
    const totp = await db().totp.findUniqueOrThrow({ where: { userId: user.id } });
    expect(openTotpSecret(totp.secretSealed)).toBe("JBSWY3DPEHPK3PXP");
    const webhook = await db().webhookEndpoint.findFirstOrThrow({ where: { userId: user.id } });
    expect(unsealSecret(webhook.secretSealed)).toBe("whsec_x");
    const again = await once(call, () => Promise.reject(new Error("it ran twice")));
    expect(again.status).toBe(201);
    expect(await chain()).toMatchObject({ isIntact: true });
  };
  const spendCode = () => claimRecoveryCode(db(), user.id, codes.pop() ?? "");
  return { user, key, areGood, spendCode };
}

/** The new hash is written aside from the sign-in. */
const hashOf = async (id: string) =>
  (await db().user.findUniqueOrThrow({ where: { id } })).passwordHash ?? "";

test("whatever was good before is good after one rotation and after two; what is used is made anew", async () => {
  const { user, key, areGood, spendCode } = await makeThings();
  await areGood();
  await rotate();
  await areGood();
  expect(await spendCode()).toBe(true);
  await expect.poll(() => hashOf(user.id), { timeout: 20_000 }).toMatch(/^v2:\$2/);
  expect((await db().apiKey.findUniqueOrThrow({ where: { id: key.key.id } })).digest).toMatch(/^v2:/);
  await rotate();
  await areGood();
  expect(await spendCode()).toBe(true);
  await expect.poll(() => hashOf(user.id), { timeout: 20_000 }).toMatch(/^v3:\$2/);
  expect(idsOf("encryption")).toEqual(["1 kept", "2 kept", "3 current"]);
  const sealed = await db().signingKey.findMany();
  expect(sealed.map(({ privateSealed }) => privateSealed.slice(0, 3))).toEqual(["v3:", "v3:", "v3:"]);
  await expect(signIn(anonymousFrom(), { email: user.email, password: "wrong" })).rejects.toThrow();
});

const steps: RotationStep[] = ["announced", "switched", "recorded", "signing", "resealed", "dropped"];

test("stopped after any step, the next run goes on where it was, and nothing is made or told twice", async () => {
  const { areGood } = await makeThings();
  let round = 1;
  for (const last of steps) {
    round += 1;
    const stopped = rotate({
      onStep: (step) => {
        if (step === last) throw new Error(`killed after ${step}`);
      },
    });
    await expect(stopped).rejects.toThrow("killed");
    await areGood(false);
    await rotate();
    await areGood(false);
    expect(readSecrets().rotation).toBeUndefined();
    expect(idsOf("audit").at(-1)).toBe(`${round} current`);
    expect(await db().auditEvent.count({ where: { action: "secrets.rotated" } })).toBe(round - 1);
  }
});

test("only what is named is rotated; prepared, it waits until the next run", async () => {
  expect(await rotate({ names: ["pepper", "tokens"], isOnlyPrepared: true })).toMatchObject({
    isPrepared: true,
  });
  expect([idsOf("pepper"), idsOf("digest")]).toEqual([["1 current", "2 known"], ["1 current"]]);
  expect(await rotate({ isOnlyFinished: true })).toMatchObject({ rotated: ["pepper", "tokens"] });
  expect([idsOf("pepper"), idsOf("digest")]).toEqual([["1 kept", "2 current"], ["1 current"]]);
  expect(await rotate({ isOnlyFinished: true })).toMatchObject({ rotated: [] });
});

describe("an old version is kept as long as something needs it", () => {
  test("and is gone by itself when nothing does", async () => {
    const { user, key, spendCode } = await makeThings();
    const { kept } = await rotate();
    const whyOf = (name: string, list = kept) => list.find((one) => one.name === name)?.why;
    expect(whyOf("pepper")).toMatch(/1 person has not signed in/);
    expect(whyOf("digest")).toMatch(/program's sign-in/);
    expect(whyOf("audit")).toMatch(/for ever/);
    await signIn(anonymousFrom(), { email: user.email, password: testPassword });
    await expect.poll(() => hashOf(user.id), { timeout: 20_000 }).toMatch(/^v2:/);
    moveClock(2 * hourMs);
    expect(whyOf("pepper", (await rotate({ isOnlyFinished: true })).kept)).toMatch(/1 API key/);
    takeSingleton("credentials");
    await authenticate(new Headers(key.headers));
    moveClock(8 * dayMs);
    await dropUnusedSecrets();
    expect([idsOf("pepper"), idsOf("encryption")]).toEqual([["2 current"], ["2 current"]]);
    expect(whyOf("digest", (await rotate({ isOnlyFinished: true })).kept)).toMatch(/10 recovery codes/);
    expect(await spendCode()).toBe(true);
    await db().recoveryCode.deleteMany();
    moveClock(90 * dayMs);
    await dropUnusedSecrets();
    expect([idsOf("digest"), idsOf("cookie")]).toEqual([["2 current"], ["2 current"]]);
    expect(idsOf("audit")).toEqual(["1 kept", "2 current"]);
    await openInstall();
    expect(await chain()).toMatchObject({ isIntact: true });
  });
});

test("attempts keep counting across rotations, also when the oldest version is forgotten; 20 at once get what is left", async () => {
  const limit = { max: 5, windowMs: 15 * minuteMs };
  const keyOf = () => attemptKey("user", "usr_x");
  const left = async (tries: number) => {
    const results = await Promise.allSettled(
      Array.from({ length: tries }, () => takeAttempt(keyOf(), limit)),
    );
    return results.filter(({ status }) => status === "fulfilled").length;
  };
  expect(await left(2)).toBe(2);
  await rotate({ names: ["digest"] });
  expect(await left(2)).toBe(2);
  await rotate({ names: ["digest"] });
  expect(await left(20)).toBe(1);
  moveClock(8 * dayMs);
  expect(await left(3)).toBe(3);
  await dropUnusedSecrets();
  expect(idsOf("digest")).toEqual(["3 current"]);
  expect(await left(20)).toBe(2);
});

describe("who got hold of an earlier audit secret and can write to the database", () => {
  const oldSeal = (text: string) => macLike("audit", "", text) ?? "";

  test("cannot cut the log off before the rotation and seal another end", async () => {
    await makeUser();
    await signIn(anonymousFrom(), { email: "nobody@example.org", password: "x" }).catch(() => {});
    await rotate({ names: ["audit"] });
    const event = await db().auditEvent.findFirstOrThrow({ where: { action: "secrets.rotated" } });
    expect(event.hash).toMatch(/^v2:/);
    await dropAuditTriggers();
    await db().auditEvent.deleteMany({ where: { position: { gte: event.position } } });
    const head = await db().auditEvent.findFirstOrThrow({ orderBy: { position: "desc" } });
    const { position, hash } = head;
    await db().auditHead.update({
      where: { id: 1 },
      data: { position, hash, seal: oldSeal(`head:${position}:${hash}`) },
    });
    expect(await chain()).toMatchObject({ isIntact: false, reason: "the newest events are missing" });
  });

  test("can neither write the event of the rotation anew nor what came before it", async () => {
    await signIn(anonymousFrom(), { email: "nobody@example.org", password: "x" }).catch(() => {});
    await rotate({ names: ["audit"] });
    const { position } = await db().auditEvent.findFirstOrThrow({ where: { action: "secrets.rotated" } });
    await dropAuditTriggers();
    for (const forged of [position - 1, position]) {
      const event = await db().auditEvent.findUniqueOrThrow({ where: { position: forged } });
      const { sealedText } = await import("../../audit/domain");
      const hash = oldSeal(sealedText({ ...event, objectLabel: "forged" }));
      await db().auditEvent.update({ where: { position: forged }, data: { objectLabel: "forged", hash } });
      expect(await chain()).toMatchObject({ isIntact: false });
      await db().auditEvent.update({ where: { position: forged }, data: event });
      expect(await chain()).toMatchObject({ isIntact: true });
    }
  });
});

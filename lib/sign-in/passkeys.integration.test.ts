import { beforeEach, describe, expect, test } from "vitest";
import { minuteMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { Authenticator } from "../testing/authenticator";
import { Browser } from "../testing/browser";
import { makeUser, type SignedIn, signedIn } from "../testing/factories";
import { codeOf, connectApp } from "../testing/factors";
import { rememberSecret } from "../testing/leaks";
import { api } from "../testing/request";
import { testPassword } from "../testing/test-password";
import type { User } from "../users/queries";

const headers = { origin: "http://localhost:3000" };
type Asked = { challenge_id: string; options: Record<string, unknown> };
type Added = { code?: string; passkey: { id: string }; recovery_codes?: string[] };
type Answered = Parameters<Authenticator["get"]>[1];

beforeEach(async () => {
  await db().attemptSlot.deleteMany();
});

const ask = async (path: string, as?: SignedIn, body?: object): Promise<Asked> =>
  (await api<Asked>("POST", path, { as, body, headers })).body;

async function add(owner: SignedIn, device: Authenticator, wrong?: Answered) {
  const { challenge_id, options } = await ask("/api/auth/mfa/passkeys/options", owner);
  const body = { challenge_id, name: "My phone", response: device.create(options, wrong) };
  const answer = await api<Added>("POST", "/api/auth/mfa/passkeys", { as: owner, body, headers });
  rememberSecret(...(answer.body.recovery_codes ?? []));
  return answer;
}

async function withPasskey() {
  const user = await makeUser();
  const owner = await signedIn(user);
  const device = new Authenticator();
  expect((await add(owner, device)).status).toBe(201);
  return { user, owner, device };
}

/** A sign-in with the passkey alone. */
async function signInAlone(device: Authenticator, answered: Answered = {}) {
  const { challenge_id, options } = await ask("/api/auth/passkey/options");
  const browser = new Browser();
  const passkey = JSON.stringify(device.get(options, { counter: 1, ...answered }));
  return { browser, challenge_id, passkey, answer: await browser.send({ challenge_id, passkey }) };
}

async function waitingFor(user: User) {
  const browser = new Browser();
  const { body } = await browser.signIn(user.email, testPassword);
  const { pending, methods } = body as unknown as { pending: string; methods: string[] };
  rememberSecret(pending);
  return { browser, pending, methods };
}

const counterOf = async ({ id }: Authenticator) =>
  (await db().passkey.findUniqueOrThrow({ where: { credentialId: id } })).counter;

test("a passkey is added with recovery codes, shows in the list, and the other sessions end; the second brings no codes", async () => {
  const user = await makeUser();
  const [owner, other] = [await signedIn(user), await signedIn(user)];
  const answer = await add(owner, new Authenticator());
  expect(answer).toMatchObject({ status: 201, body: { passkey: { name: "My phone", is_backed_up: false } } });
  expect(answer.body.recovery_codes).toHaveLength(10);
  expect((await add(owner, new Authenticator())).body.recovery_codes).toBeUndefined();
  const list = await api("GET", "/api/auth/mfa", { as: owner });
  expect(list.body).toMatchObject({ totp: { on: false }, recovery_codes_left: 10, passkeys: [{}, {}] });
  const ended = await db().session.findUnique({ where: { id: other.sessionId } });
  expect(ended).toMatchObject({ endedReason: "factors_changed" });
  expect(await db().mail.count({ where: { userId: user.id, kind: "factors_changed" } })).toBe(2);
});

test("it is the second factor of a password, and the only one that is needed without", async () => {
  const { user, device } = await withPasskey();
  const { browser, pending, methods } = await waitingFor(user);
  expect(methods).toEqual(["passkey", "recovery_code"]);
  const { options } = await ask("/api/auth/mfa/challenge", undefined, { pending });
  const passkey = JSON.stringify(device.get(options, { counter: 1, isVerified: false }));
  expect((await browser.send({ pending, passkey })).status).toBe(200);
  expect((await browser.session())?.user?.id).toBe(user.id);

  const alone = await signInAlone(device, { counter: 2 });
  expect(alone.answer.status).toBe(200);
  expect((await alone.browser.session())?.user?.id).toBe(user.id);
  expect(await db().session.count({ where: { userId: user.id, method: "passkey" } })).toBe(1);
});

// Seen failing, one by one: with the answer's own origin expected, with the other site allowed, without asking for user
// verification, without claimChallenge(), without looking at the counter, and without looking at the user handle.
describe("a sign-in with a passkey is refused, and leaves no session,", () => {
  const wrongs: [string, Answered][] = [
    ["made under another address", { origin: "https://evil.example" }],
    ["made for another site", { rpId: "evil.example" }],
    ["whose device did not ask who holds it", { isVerified: false }],
    ["whose user handle is another person's", { userHandle: Buffer.from("usr_other").toString("base64url") }],
  ];
  test.each(wrongs)("%s", async (_name, wrong) => {
    const { user, device } = await withPasskey();
    const { answer } = await signInAlone(device, wrong);
    expect(answer).toMatchObject({ status: 422, body: { code: "passkey.refused" } });
    expect(await db().session.count({ where: { userId: user.id, method: "passkey" } })).toBe(0);
  });

  test("sent a second time", async () => {
    const { user, device } = await withPasskey();
    const { challenge_id, passkey, answer } = await signInAlone(device, { counter: 0 });
    expect(answer.status).toBe(200);
    const again = await new Browser().send({ challenge_id, passkey });
    expect(again.body.code).toBe("passkey.refused");
    expect(await db().session.count({ where: { userId: user.id, method: "passkey" } })).toBe(1);
  });

  test("sent too late", async () => {
    const { device } = await withPasskey();
    const { challenge_id, options } = await ask("/api/auth/passkey/options");
    moveClock(10 * minuteMs);
    const passkey = JSON.stringify(device.get(options, { counter: 1 }));
    expect((await new Browser().send({ challenge_id, passkey })).body.code).toBe("passkey.refused");
  });

  test("whose counter does not go up", async () => {
    const { device } = await withPasskey();
    expect((await signInAlone(device, { counter: 5 })).answer.status).toBe(200);
    for (const counter of [5, 4, 0])
      expect((await signInAlone(device, { counter })).answer.body.code).toBe("passkey.refused");
    expect(await counterOf(device)).toBe(5n);
    expect((await signInAlone(device, { counter: 6 })).answer.status).toBe(200);
  });

  test("that nobody knows, or whose person is disabled", async () => {
    const { user, device } = await withPasskey();
    const stranger = new Authenticator();
    await ask("/api/auth/passkey/options");
    expect((await signInAlone(stranger)).answer.body.code).toBe("passkey.refused");
    await db().user.update({ where: { id: user.id }, data: { disabledAt: now() } });
    expect((await signInAlone(device)).answer.body.code).toBe("passkey.refused");
  });
});

// Seen failing, one by one: without `passkey.userId` in claimPasskey() and without `row.subject` in takeChallenge().
describe("what was asked of one is answered by nobody else", () => {
  test("as a second factor: another person's passkey, another sign-in's challenge, one that was asked for something else", async () => {
    const [{ user, device }, { user: other, device: others }] = [await withPasskey(), await withPasskey()];
    const { browser, pending } = await waitingFor(user);
    const { options } = await ask("/api/auth/mfa/challenge", undefined, { pending });
    const theirs = JSON.stringify(others.get(options, { counter: 1 }));
    expect((await browser.send({ pending, passkey: theirs })).body.code).toBe("passkey.refused");

    const { pending: foreign } = await waitingFor(other);
    const foreignOptions = await ask("/api/auth/mfa/challenge", undefined, { pending: foreign });
    const alone = await ask("/api/auth/passkey/options");
    for (const { options: wrong } of [foreignOptions, alone]) {
      const passkey = JSON.stringify(device.get(wrong, { counter: 1 }));
      expect((await browser.send({ pending, passkey })).body.code).toBe("passkey.refused");
    }
    expect((await browser.session())?.user).toBeUndefined();
  });

  test("as a fresh proof: the session's own passkey makes it fresh, another session's challenge does not", async () => {
    const { owner, user, device } = await withPasskey();
    const elsewhere = await signedIn(user);
    moveClock(16 * minuteMs);
    const makeKey = () =>
      api("POST", "/api/v1/keys", { as: owner, body: { name: "Job", scopes: ["predict"] }, headers });
    expect(await makeKey()).toMatchObject({ status: 403, body: { code: "auth.step_up_required" } });
    const prove = async (asked: Asked, counter: number) => {
      const { challenge_id, options } = asked;
      const body = { challenge_id, passkey: device.get(options, { counter }) };
      return (await api("POST", "/api/auth/step-up", { as: owner, body, headers })).status;
    };
    expect(await prove(await ask("/api/auth/step-up/options", elsewhere), 1)).toBe(422);
    const byPassword = { as: owner, body: { password: testPassword }, headers };
    expect((await api("POST", "/api/auth/step-up", byPassword)).body.code).toBe(
      "auth.second_factor_required",
    );
    expect((await makeKey()).status).toBe(403);
    expect(await prove(await ask("/api/auth/step-up/options", owner), 1)).toBe(204);
    const made = await makeKey();
    expect(made.status).toBe(201);
    rememberSecret((made.body as unknown as { secret: string }).secret);
  });

  test("as a new passkey: another session's challenge, a wrong origin, and one that somebody has already", async () => {
    const { owner, device } = await withPasskey();
    const stranger = await signedIn(await makeUser());
    const { challenge_id, options } = await ask("/api/auth/mfa/passkeys/options", owner);
    const body = { challenge_id, name: "Theirs", response: new Authenticator().create(options) };
    const stolen = await api("POST", "/api/auth/mfa/passkeys", { as: stranger, body, headers });
    expect(stolen.body.code).toBe("passkey.refused");
    expect((await add(stranger, new Authenticator(), { origin: "https://evil.example" })).status).toBe(422);
    expect((await add(stranger, device)).status).toBe(422);
    expect(await db().passkey.count({ where: { userId: stranger.user.id } })).toBe(0);
  });
});

test("passkeys are renamed and removed by their owner alone; recovery codes go with the last factor", async () => {
  const { user, owner, device } = await withPasskey();
  const stranger = await signedIn(await makeUser());
  const { id } = await db().passkey.findUniqueOrThrow({ where: { credentialId: device.id } });
  const path = `/api/auth/mfa/passkeys/${id}`;
  const body = { name: "Old phone" };
  expect((await api("PATCH", path, { as: stranger, body, headers })).status).toBe(404);
  expect((await api("DELETE", path, { as: stranger, headers })).status).toBe(404);
  expect((await api("PATCH", path, { as: owner, body, headers })).body).toMatchObject(body);
  expect((await api("DELETE", path, { as: owner, headers })).status).toBe(204);
  expect(await db().recoveryCode.count({ where: { userId: user.id } })).toBe(0);
  expect((await new Browser().signIn(user.email, testPassword)).status).toBe(200);
});

describe("an authenticator app", () => {
  test("counts from its first right code on, which brings recovery codes and ends the other sessions", async () => {
    const user = await makeUser();
    const [owner, other] = [await signedIn(user), await signedIn(user)];
    const begun = await api<{ secret: string }>("POST", "/api/auth/mfa/totp", { as: owner, headers });
    const { secret } = begun.body;
    rememberSecret(secret);
    expect((await new Browser().signIn(user.email, testPassword)).status).toBe(200);
    const confirm = (code: string) =>
      api<{ recovery_codes: string[] }>("POST", "/api/auth/mfa/totp/confirm", {
        as: owner,
        body: { code },
        headers,
      });
    expect((await confirm("nonsense")).status).toBe(401);
    const code = codeOf(secret);
    const confirmed = await confirm(code);
    rememberSecret(...confirmed.body.recovery_codes);
    expect(confirmed.body.recovery_codes).toHaveLength(10);
    expect((await api("GET", "/api/auth/me", { as: other })).status).toBe(401);
    // The first code was used with that.
    const { browser, pending } = await waitingFor(user);
    expect((await browser.send({ pending, code })).body.code).toBe("auth.wrong_code");
    expect((await api("POST", "/api/auth/mfa/totp", { as: owner, headers })).status).toBe(409);
    const stored = await db().totp.findUniqueOrThrow({ where: { userId: user.id } });
    expect(stored.secretSealed).not.toContain(secret);
  });

  test("makes a change of the password ask for a fresh proof", async () => {
    const user = await makeUser();
    const owner = await signedIn(user);
    const { secret } = await connectApp(user);
    moveClock(16 * minuteMs);
    const change = () =>
      api("POST", "/api/auth/password/change", {
        as: owner,
        body: { current_password: testPassword, new_password: "a quiet harbour at dawn" },
        headers,
      });
    rememberSecret("a quiet harbour at dawn");
    expect((await change()).body.code).toBe("auth.step_up_required");
    const proven = await api("POST", "/api/auth/step-up", {
      as: owner,
      body: { code: codeOf(secret) },
      headers,
    });
    expect(proven.status).toBe(204);
    expect((await change()).status).toBe(204);
  });
});

test("who has no factor proves it with the password, and guessing that is counted", async () => {
  const owner = await signedIn(await makeUser());
  const asked = await api("POST", "/api/auth/step-up/options", { as: owner, headers });
  expect(asked.body).toEqual({ methods: ["password"] });
  moveClock(16 * minuteMs);
  const prove = (password: string) =>
    api("POST", "/api/auth/step-up", { as: owner, body: { password }, headers });
  expect((await prove(testPassword)).status).toBe(204);
  const begin = { as: owner, headers };
  const begun = await api<{ secret: string }>("POST", "/api/auth/mfa/totp", begin);
  expect(begun.status).toBe(200);
  rememberSecret(begun.body.secret);
  for (let count = 0; count < 5; count += 1) expect((await prove("not the password")).status).toBe(403);
  expect((await prove(testPassword)).status).toBe(429);
});

import { beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "../core/actor";
import { AppError } from "../core/errors";
import { minuteMs, secondMs } from "../core/time";
import { claimCode } from "../factors/commands/claim-code";
import { moveClock } from "../infra/clock";
import { db } from "../infra/db/client";
import { changeSettings } from "../settings/commands";
import { Browser } from "../testing/browser";
import { anonymousFrom, makeAdmin, makeUser, signedIn } from "../testing/factories";
import { codeOf, connectApp, wrongCodeOf } from "../testing/factors";
import { rememberSecret } from "../testing/leaks";
import { inProcesses } from "../testing/processes";
import { api } from "../testing/request";
import { testPassword } from "../testing/test-password";
import type { User } from "../users/queries";
import { continueSignIn } from "./commands/continue-sign-in";
import { signIn } from "./commands/sign-in";
import { signInAs } from "./commands/sign-in-as";

let addresses = 0;
const freshAddress = () => {
  addresses += 1;
  return `198.51.100.${addresses}`;
};
const sessionsOf = (user: User) => db().session.count({ where: { userId: user.id } });

beforeEach(async () => {
  await db().attemptSlot.deleteMany();
  const { actor } = await signedIn(await makeAdmin());
  await changeSettings(actor, { login_attempts_max: 100, captcha_after: 0 });
});

const codeOfError = (error: unknown): string => {
  if (!(error instanceof AppError)) throw error;
  return error.code;
};
const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => "in", codeOfError);

async function pendingOf(user: User): Promise<string> {
  const error = await signIn(anonymousFrom(freshAddress()), {
    email: user.email,
    password: testPassword,
  }).catch((reason: unknown) => reason);
  expect(codeOfError(error)).toMatch(/^auth\.second_factor_/);
  const { extra } = error as AppError;
  rememberSecret(String(extra?.pending));
  return String(extra?.pending);
}

const login = (user: User, otp?: string) =>
  api<{ code?: string }>("POST", "/api/auth/login", {
    from: freshAddress(),
    body: { email: user.email, password: testPassword, ...(otp === undefined ? {} : { otp }) },
  });

// Seen failing: with `isProven` true in signIn() and in signInAs().
describe("no way in has a session before the second factor", () => {
  test("for a program: the password alone is answered with what is missing, the code beside it with tokens", async () => {
    const user = await makeUser();
    const { secret } = await connectApp(user);
    const refused = await login(user);
    expect(refused).toMatchObject({
      status: 401,
      body: { code: "auth.second_factor_required", methods: ["totp", "recovery_code"], expires_in: 600 },
    });
    expect(await sessionsOf(user)).toBe(0);
    expect((await login(user, wrongCodeOf(secret))).body.code).toBe("auth.wrong_code");
    expect(await sessionsOf(user)).toBe(0);
    expect((await login(user, codeOf(secret))).status).toBe(200);
    expect(await sessionsOf(user)).toBe(1);
  });

  test("for a browser: there is no cookie until the code came, and what was pending works once", async () => {
    const user = await makeUser();
    const { secret } = await connectApp(user);
    const browser = new Browser(freshAddress());
    const first = await browser.signIn(user.email, testPassword);
    const { pending } = first.body as unknown as { pending: string };
    rememberSecret(pending);
    expect(first).toMatchObject({ status: 401, body: { code: "auth.second_factor_required" } });
    expect((await browser.session())?.user).toBeUndefined();
    expect(await sessionsOf(user)).toBe(0);
    // A wrong code does not use it up.
    expect((await browser.send({ pending, code: wrongCodeOf(secret) })).body.code).toBe("auth.wrong_code");
    expect((await browser.send({ pending, code: codeOf(secret) })).status).toBe(200);
    expect((await browser.session())?.user?.id).toBe(user.id);
    const again = await new Browser(freshAddress()).send({ pending, code: codeOf(secret, 1) });
    expect(again).toMatchObject({ status: 401, body: { code: "auth.sign_in_over" } });
    expect(await sessionsOf(user)).toBe(1);
  });

  test("for somebody whom another service vouches for", async () => {
    const user = await makeUser();
    await connectApp(user);
    expect(await outcome(signInAs(anonymousFrom(), user, { method: "github" }))).toBe(
      "auth.second_factor_required",
    );
    expect(await sessionsOf(user)).toBe(0);
  });

  test("and what is pending is worth nothing when the password was changed or the account disabled meanwhile, or ten minutes later", async () => {
    const changes = [{ passwordChangedAt: new Date(1) }, { disabledAt: new Date() }];
    for (const data of changes) {
      const user = await makeUser();
      const { secret } = await connectApp(user);
      const pending = await pendingOf(user);
      await db().user.update({ where: { id: user.id }, data });
      const code = codeOf(secret);
      expect(await outcome(continueSignIn(anonymousFrom(), { pending, code }))).toBe("auth.sign_in_over");
      expect(await sessionsOf(user)).toBe(0);
    }
    const user = await makeUser();
    const { secret } = await connectApp(user);
    const pending = await pendingOf(user);
    moveClock(10 * minuteMs);
    expect(await outcome(continueSignIn(anonymousFrom(), { pending, code: codeOf(secret) }))).toBe(
      "auth.sign_in_over",
    );
  });

  test("and another person's code does not finish it", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    await connectApp(user);
    const { secret } = await connectApp(other);
    const pending = await pendingOf(user);
    expect(await outcome(continueSignIn(anonymousFrom(), { pending, code: codeOf(secret) }))).toBe(
      "auth.wrong_code",
    );
  });
});

describe("a code counts once", () => {
  // Seen failing: with the conditional UPDATE of claimFromApp() replaced by reading lastStep and writing it afterwards.
  test("of 20 uses at once, one succeeds", async () => {
    const user = await makeUser();
    const { secret } = await connectApp(user);
    const code = codeOf(secret);
    const claims = Array.from({ length: 20 }, () => claimCode(systemActor("test"), user, code));
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });

  test("of 20 uses in two processes, one succeeds", async () => {
    const user = await makeUser();
    const { secret } = await connectApp(user);
    const counts = await inProcesses<number>(2, {
      imports: `import { systemActor } from "./lib/core/actor";
        import { claimCode } from "./lib/factors/commands/claim-code";`,
      lines: `const user = ${JSON.stringify({ id: user.id, email: user.email })};
        const claims = Array.from({ length: 10 }, () => claimCode(systemActor("test"), user, "${codeOf(secret)}"));
        return (await Promise.all(claims)).filter(Boolean).length;`,
    });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  test("of 20 uses at once over login, callback and step-up, one succeeds", async () => {
    const user = await makeUser();
    const owner = await signedIn(user);
    const { secret } = await connectApp(user);
    const code = codeOf(secret);
    const pendings = [];
    for (let count = 0; count < 7; count += 1) pendings.push(await pendingOf(user));
    const answers = await Promise.all([
      ...Array.from({ length: 7 }, () => login(user, code)),
      ...pendings.map((pending) => new Browser(freshAddress()).send({ pending, code })),
      ...Array.from({ length: 6 }, () =>
        api("POST", "/api/auth/step-up", { as: owner, body: { code }, headers: { origin } }),
      ),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status < 300)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401 || status === 429)).toHaveLength(19);
    const begun = await sessionsOf(user);
    const proven = await db().auditEvent.count({
      where: { action: "session.proven", objectId: owner.sessionId },
    });
    expect(begun - 1 + proven).toBe(1);
  });

  // Seen failing: without `usedAt: null` in claimRecoveryCode().
  test("and none older than it counts afterwards; a recovery code counts once, too, however it is typed", async () => {
    const user = await makeUser();
    const { secret, recoveryCodes } = await connectApp(user);
    expect((await login(user, codeOf(secret))).status).toBe(200);
    expect((await login(user, codeOf(secret, -1))).body.code).toBe("auth.wrong_code");
    expect((await login(user, codeOf(secret, 1))).status).toBe(200);
    const typed = ` ${recoveryCodes[0]?.toUpperCase().replaceAll("-", " ").replaceAll("0", "O")} `;
    expect((await login(user, typed)).status).toBe(200);
    expect((await login(user, typed)).body.code).toBe("auth.wrong_code");
    const mails = await db().mail.count({ where: { userId: user.id, kind: "factors_changed" } });
    expect(mails).toBe(1);
  });

  test("no recovery code is kept as it is, and another person's opens nothing", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const { recoveryCodes } = await connectApp(user);
    await connectApp(other);
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes)
      expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const rows = JSON.stringify(await db().recoveryCode.findMany({ where: { userId: user.id } }));
    expect(rows).not.toContain(recoveryCodes[0]);
    expect(rows).not.toContain(recoveryCodes[0]?.replaceAll("-", ""));
    expect((await login(other, recoveryCodes[0])).body.code).toBe("auth.wrong_code");
  });
});

const origin = "http://localhost:3000";

// Seen failing: with countCode() answering a place without taking it, and with three places to count at instead of one.
describe("guessing stops at five", () => {
  test("over login, callback, step-up and recovery codes together, for the right code too, and in another process", async () => {
    const user = await makeUser();
    const owner = await signedIn(user);
    const { secret, recoveryCodes } = await connectApp(user);
    const pending = await pendingOf(user);
    const wrong = wrongCodeOf(secret);
    const stepUp = (body: object) =>
      api("POST", "/api/auth/step-up", { as: owner, body, headers: { origin } });
    const codes = [
      (await login(user, wrong)).body.code,
      (await login(user, "4f8k-2mzt-9q0c-w7hd")).body.code,
      (await new Browser(freshAddress()).send({ pending, code: wrong })).body.code,
      (await stepUp({ code: wrong })).body.code,
      (await stepUp({ code: "nothing like a code" })).body.code,
    ];
    expect(codes).toEqual(Array(5).fill("auth.wrong_code"));
    const refused = await login(user, codeOf(secret));
    expect(refused).toMatchObject({ status: 429, body: { code: "auth.too_many_codes" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
    expect((await login(user, recoveryCodes[0])).status).toBe(429);
    expect((await new Browser(freshAddress()).send({ pending, code: codeOf(secret) })).status).toBe(429);
    expect((await stepUp({ code: codeOf(secret) })).status).toBe(429);
    const [elsewhere] = await inProcesses<string>(1, {
      imports: `import { countCode } from "./lib/sign-in/code-limit";`,
      lines: `return countCode("${user.id}").then(() => "counted", (error) => error.code);`,
    });
    expect(elsewhere).toBe("auth.too_many_codes");
    const refusals = { action: "factor.refused", objectId: user.id };
    expect(await db().auditEvent.count({ where: refusals })).toBe(5);

    moveClock(15 * minuteMs);
    expect((await login(user, codeOf(secret))).status).toBe(200);
  });

  test("of 50 wrong codes at once, five are looked at", async () => {
    const user = await makeUser();
    const { secret } = await connectApp(user);
    const pending = await pendingOf(user);
    const code = wrongCodeOf(secret);
    const tries = Array.from({ length: 50 }, () =>
      outcome(continueSignIn(anonymousFrom(freshAddress()), { pending, code })),
    );
    const results = await Promise.all(tries);
    expect(results.filter((result) => result === "auth.wrong_code")).toHaveLength(5);
    expect(results.filter((result) => result === "auth.too_many_codes")).toHaveLength(45);
  });

  test("right codes take no place, and other people are not held up", async () => {
    const [user, other] = [await makeUser(), await makeUser()];
    const { secret } = await connectApp(user);
    for (let count = 0; count < 7; count += 1) {
      expect((await login(user, codeOf(secret))).status).toBe(200);
      moveClock(30 * secondMs);
    }
    const { secret: others } = await connectApp(other);
    for (let count = 0; count < 5; count += 1) await login(user, wrongCodeOf(secret));
    expect((await login(other, codeOf(others))).status).toBe(200);
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../core/errors";
import { minuteMs } from "../core/time";
import { authenticate } from "../http/authenticate";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { hashPassword } from "../infra/password/password";
import { withBrokenAudit } from "../testing/audit-table";
import { anonymousFrom, makeUser, signedIn } from "../testing/factories";
import { rememberSecret } from "../testing/leaks";
import { testPassword } from "../testing/test-password";
import { createLink, getLink } from "../users/links";
import type { User } from "../users/queries";
import { attemptKey, takeAttempt } from "./attempts";
import { changePassword } from "./commands/change-password";
import { signIn } from "./commands/sign-in";
import { createDeviceToken, isDeviceOf } from "./device";

beforeEach(async () => {
  await db().attemptSlot.deleteMany();
});

const limit = { max: 5, windowMs: 15 * minuteMs };
const fill = async (kind: "address" | "email" | "user", value: string, max: number) => {
  for (let count = 0; count < max; count += 1) await takeAttempt(attemptKey(kind, value), { ...limit, max });
};
const usedSlots = () => db().attemptSlot.count({ where: { usedAt: { gt: new Date(1) } } });

const tryIn = (email: string, password: string, from?: string, device?: string) =>
  signIn(anonymousFrom(from), { email, password }, { deviceToken: device }).then(
    () => "in",
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return error.code;
    },
  );

test("the right password starts a session, is recorded, and takes no place", async () => {
  const user = await makeUser();
  const { session } = await signIn(anonymousFrom("203.0.113.5"), {
    email: user.email,
    password: testPassword,
  });
  expect(session).toMatchObject({ userId: user.id, address: "203.0.113.5", endedAt: null });
  expect(await usedSlots()).toBe(0);
  const event = await db().auditEvent.findFirstOrThrow({ where: { objectId: session.id } });
  expect(event).toMatchObject({ action: "session.started", address: "203.0.113.5" });
  expect(
    (await db().user.findUniqueOrThrow({ where: { id: user.id } })).lastSeenAt.getTime(),
  ).toBeGreaterThan(0);
});

// Seen failing: with the state of the account left out of the condition (the comparison for nobody: password.test.ts).
test("unknown, wrong, invited, disabled and deleted are refused with one and the same error, each after a real comparison", async () => {
  const known = await makeUser();
  const cases: [string, string][] = [
    ["nobody@example.org", testPassword],
    [known.email, "wrong password"],
    [(await makeUser({ passwordHash: null })).email, testPassword],
    [(await makeUser({ disabledAt: now() })).email, testPassword],
    [(await makeUser({ deletedAt: now() })).email, testPassword],
  ];
  const errors: unknown[] = [];
  for (const [index, [email, password]] of cases.entries()) {
    const error = await signIn(anonymousFrom(`198.51.100.${index}`), { email, password }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AppError);
    const { code, message, faults, retryAfterSeconds, extra } = error as AppError;
    errors.push({ code, message, faults, retryAfterSeconds, extra });
  }
  expect(new Set(errors.map((error) => JSON.stringify(error))).size).toBe(1);
  expect(errors[0]).toMatchObject({ code: "auth.invalid_credentials" });
  const reasons = await db().auditEvent.findMany({
    where: { action: "session.refused" },
    orderBy: { position: "asc" },
  });
  expect(reasons.slice(-5).map(({ detail }) => (JSON.parse(detail) as { reason: string }).reason)).toEqual([
    "no such account",
    "wrong password",
    "wrong password",
    "account is disabled",
    "account is deleted",
  ]);
});

test("a failed sign-in stays counted, by address and by e-mail, although nothing else of it is kept", async () => {
  const user = await makeUser();
  expect(await tryIn(user.email, "wrong password", "203.0.113.6")).toBe("auth.invalid_credentials");
  expect(await usedSlots()).toBe(2);
  await withBrokenAudit(async () => {
    expect(await tryIn(user.email, "wrong password", "203.0.113.6")).toBe("audit.unavailable");
    // Right, but the session could not be recorded: it does not begin.
    expect(await tryIn(user.email, testPassword, "203.0.113.6")).toBe("audit.unavailable");
  });
  expect(await db().session.count({ where: { userId: user.id } })).toBe(0);
  expect(await usedSlots()).toBeGreaterThanOrEqual(4);
});

describe("after five failures from one address", () => {
  // Seen failing: without takeAttempt("address") in countAttempt.
  test("even the right password is refused there, whoever it belongs to, and accepted elsewhere", async () => {
    const user = await makeUser();
    await fill("address", "203.0.113.7", 5);
    expect(await tryIn(user.email, testPassword, "203.0.113.7")).toBe("auth.too_many_attempts");
    expect(await tryIn(user.email, testPassword, "::ffff:203.0.113.7")).toBe("auth.too_many_attempts");
    expect(await tryIn(user.email, testPassword, "203.0.113.8")).toBe("in");
  });

  test("the whole IPv6 /64 is refused, its neighbour is not", async () => {
    const user = await makeUser();
    await fill("address", "2001:db8:1:2::/64", 5);
    expect(await tryIn(user.email, testPassword, "2001:db8:1:2:aaaa::1")).toBe("auth.too_many_attempts");
    expect(await tryIn(user.email, testPassword, "2001:db8:1:3::1")).toBe("in");
  });
});

describe("when strangers used up the tries of an e-mail address", () => {
  async function besieged(): Promise<User> {
    const user = await makeUser();
    await signedIn(user);
    await fill("email", user.email, 10);
    return user;
  }

  test("a further stranger has to solve a riddle first, also for an address that has no account", async () => {
    const user = await besieged();
    expect(await tryIn(user.email, testPassword, "198.51.100.50")).toBe("auth.captcha_required");
    await fill("email", "nobody@example.org", 10);
    expect(await tryIn("nobody@example.org", testPassword, "198.51.100.51")).toBe("auth.captcha_required");
  });

  // Seen failing: without the isFamiliar line of countAttempt.
  test("the owner still gets in from a familiar address, and with a familiar browser from anywhere", async () => {
    const user = await besieged();
    expect(await tryIn(user.email, testPassword, "192.0.2.1")).toBe("in");
    expect(await tryIn(user.email, testPassword, "198.51.100.52", createDeviceToken(user.id))).toBe("in");
  });

  test("somebody else's browser, and a made-up token, are strangers", async () => {
    const user = await besieged();
    const other = createDeviceToken((await makeUser()).id);
    expect(await tryIn(user.email, testPassword, "198.51.100.53", other)).toBe("auth.captcha_required");
    expect(await tryIn(user.email, testPassword, "198.51.100.54", "abc.def")).toBe("auth.captcha_required");
  });

  test("a familiar browser does not lift the limit of the address it calls from", async () => {
    const user = await besieged();
    await fill("address", "198.51.100.55", 5);
    expect(await tryIn(user.email, testPassword, "198.51.100.55", createDeviceToken(user.id))).toBe(
      "auth.too_many_attempts",
    );
  });
});

test("a device token belongs to one person, and to nobody when changed", () => {
  const token = createDeviceToken("usr_1");
  rememberSecret(token);
  expect(isDeviceOf("usr_1", token)).toBe(true);
  for (const other of [undefined, "", ".", "a.b.c", `${token}x`, token.slice(1), token.split(".")[0]])
    expect(isDeviceOf("usr_1", other)).toBe(false);
  expect(isDeviceOf("usr_2", token)).toBe(false);
  expect(isDeviceOf("", token)).toBe(false);
});

// Seen failing: without the second look at the account inside the transaction.
test.each<[string, (user: User) => Promise<unknown>]>([
  ["disabled", (user) => db().user.update({ where: { id: user.id }, data: { disabledAt: now() } })],
  ["deleted", (user) => db().user.update({ where: { id: user.id }, data: { deletedAt: now() } })],
  [
    "given another password",
    (user) =>
      db().user.update({
        where: { id: user.id },
        data: { passwordHash: "$2b$12$x", passwordChangedAt: now() },
      }),
  ],
])("an account that is %s while its password is being checked does not get in", async (_name, change) => {
  const user = await makeUser({ passwordHash: await hashPassword(testPassword) });
  const attempt = tryIn(user.email, testPassword, "203.0.113.20");
  while ((await usedSlots()) < 2) await new Promise((resolve) => setTimeout(resolve, 2));
  await change(user);
  expect(await attempt).toBe("auth.invalid_credentials");
  expect(await db().session.count({ where: { userId: user.id } })).toBe(0);
});

describe("changing one's own password", () => {
  const next = "violet Kettle 9 on the roof";
  rememberSecret(next);
  const isIn = async ({ cookie }: { cookie: string }) =>
    (await authenticate(new Headers({ cookie }))).kind === "session";

  test("needs the current one, ends all other sessions and pending links, and only the new one works afterwards", async () => {
    const user = await makeUser();
    const [here, there] = [await signedIn(user), await signedIn(user)];
    const link = await createLink(db(), user.id, "password_reset", 1);
    await changePassword(here.actor, testPassword, next);
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
    await expect(getLink("password_reset", link.secret)).rejects.toThrow(
      expect.objectContaining({ code: "link.invalid" }),
    );
    expect(await tryIn(user.email, testPassword)).toBe("auth.invalid_credentials");
    expect(await tryIn(user.email, next)).toBe("in");
    const event = await db().auditEvent.findFirst({
      where: { action: "password.changed", objectId: user.id },
    });
    expect(JSON.parse(event?.detail ?? "")).toEqual({ sessions_ended: 1 });
  });

  test("with a wrong current one changes nothing and is counted: the sixth guess is refused unseen", async () => {
    const { actor, user } = await signedIn(await makeUser());
    await expect(changePassword(actor, "wrong password", next)).rejects.toThrow(
      expect.objectContaining({
        code: "auth.wrong_password",
        faults: [expect.objectContaining({ pointer: "/current_password" })],
      }),
    );
    expect(await usedSlots()).toBe(1);
    await fill("user", user.id, 5).catch(() => {});
    await expect(changePassword(actor, testPassword, next)).rejects.toThrow(
      expect.objectContaining({ code: "auth.too_many_attempts" }),
    );
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).passwordHash).toBe(
      user.passwordHash,
    );
  });

  test.each([
    ["short", "short"],
    ["a common one", "Password1"],
    ["over 256 characters", "x".repeat(257)],
    ["one's own address", "own.address@example.org"],
    ["one's own name", "Some Body"],
  ])("to %s is refused before any work", async (_name, password) => {
    const { actor } = await signedIn(
      (await db().user.findUnique({ where: { email: "own.address@example.org" } })) ??
        (await makeUser({ email: "own.address@example.org" })),
    );
    await expect(changePassword(actor, testPassword, password)).rejects.toThrow(
      expect.objectContaining({
        code: "password.too_weak",
        faults: [expect.objectContaining({ pointer: "/new_password" })],
      }),
    );
    expect(await usedSlots()).toBe(0);
  });

  test("of two changes at once one wins, and the other is told", async () => {
    const { actor, user } = await signedIn(await makeUser());
    const results = await Promise.allSettled([
      changePassword(actor, testPassword, next),
      changePassword(actor, testPassword, `${next} too`),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "user.changed_meanwhile" });
    expect(await db().auditEvent.count({ where: { action: "password.changed", objectId: user.id } })).toBe(1);
  });
});

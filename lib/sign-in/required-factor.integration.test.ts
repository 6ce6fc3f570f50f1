import { beforeEach, describe, expect, test } from "vitest";
import { resetFactors } from "../factors/commands/reset-factors";
import { db } from "../infra/db/client";
import { Browser } from "../testing/browser";
import { makeAdmin, makeUser, signedIn } from "../testing/factories";
import { codeOf, connectApp, wrongCodeOf } from "../testing/factors";
import { rememberSecret } from "../testing/leaks";
import { api } from "../testing/request";
import { testPassword } from "../testing/test-password";
import type { User } from "../users/queries";

const origin = "http://localhost:3000";
const sessionsOf = (user: User) => db().session.count({ where: { userId: user.id } });

beforeEach(async () => {
  await db().attemptSlot.deleteMany();
});

const login = (user: User, otp?: string) =>
  api<{ code?: string }>("POST", "/api/auth/login", {
    body: { email: user.email, password: testPassword, ...(otp === undefined ? {} : { otp }) },
  });

async function pendingOf(user: User): Promise<string> {
  const { body } = await new Browser().signIn(user.email, testPassword);
  const { pending } = body as unknown as { pending: string };
  rememberSecret(pending);
  return pending;
}

describe("where the role needs a second factor", () => {
  async function needed(role: "admins" | "members") {
    const admin = await makeAdmin();
    const caller = await signedIn(admin);
    await connectApp(admin);
    const patch = (value: boolean) =>
      api("PATCH", "/api/v1/admin/settings", {
        as: caller,
        body: { [`second_factor_${role}`]: value },
        headers: { origin },
      });
    return { admin, caller, patch };
  }

  // Seen failing: without endWithoutFactor().
  test("sessions without one end at once, in browsers and programs; those with one, and keys, stay", async () => {
    const { caller, patch } = await needed("members");
    const [bare, safe] = [await makeUser(), await makeUser()];
    const [bareBrowser, safeBrowser] = [await signedIn(bare), await signedIn(safe)];
    const { body } = await login(bare);
    const { access_token: token } = body as unknown as { access_token: string };
    await connectApp(safe);
    const isIn = async (headers: Record<string, string>) =>
      (await api("GET", "/api/auth/me", { headers })).status === 200;
    expect(await isIn({ cookie: bareBrowser.cookie })).toBe(true);
    expect((await patch(true)).status).toBe(200);
    expect(await isIn({ cookie: bareBrowser.cookie })).toBe(false);
    expect(await isIn({ authorization: `Bearer ${token}` })).toBe(false);
    expect(await isIn({ cookie: safeBrowser.cookie })).toBe(true);
    expect(await isIn({ cookie: caller.cookie })).toBe(true);
    expect(await db().session.findUnique({ where: { id: bareBrowser.sessionId } })).toMatchObject({
      endedReason: "second_factor_missing",
    });
    await patch(false);
  });

  test("an administrator without an own one cannot switch it on for administrators", async () => {
    const caller = await signedIn(await makeAdmin());
    const answer = await api("PATCH", "/api/v1/admin/settings", {
      as: caller,
      body: { second_factor_admins: true },
      headers: { origin },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: "settings.own_factor_first" } });
    expect((await api("GET", "/api/auth/me", { as: caller })).status).toBe(200);
  });

  test("who has none sets one up while signing in, and is in with the first code, which counts once", async () => {
    const { patch } = await needed("members");
    await patch(true);
    const user = await makeUser();
    expect((await login(user)).body.code).toBe("auth.second_factor_setup_required");
    const pending = await pendingOf(user);
    // It opens nothing but the set-up.
    expect((await api("POST", "/api/auth/mfa/challenge", { body: { pending } })).status).toBe(401);
    const { body } = await api<{ secret: string; uri: string; qr_svg: string }>(
      "POST",
      "/api/auth/mfa/setup",
      {
        body: { pending },
      },
    );
    rememberSecret(body.secret);
    expect(body.uri).toContain(body.secret);
    expect(body.qr_svg).toMatch(/^<svg/);
    expect(await sessionsOf(user)).toBe(0);
    const browser = new Browser();
    expect((await browser.send({ pending, code: wrongCodeOf(body.secret) })).status).toBe(401);
    const code = codeOf(body.secret);
    expect((await browser.send({ pending, code })).status).toBe(200);
    expect((await browser.session())?.user?.id).toBe(user.id);
    expect((await login(user, code)).body.code).toBe("auth.wrong_code");
    expect((await login(user, codeOf(body.secret, 1))).status).toBe(200);
    await patch(false);
  });

  // Seen failing: without the question for `hasAny` in setUp().
  test("a set-up that was begun is over once the person has a factor: it does not get round that", async () => {
    const { patch } = await needed("members");
    await patch(true);
    const user = await makeUser();
    const pending = await pendingOf(user);
    const setup = await api<{ secret: string }>("POST", "/api/auth/mfa/setup", { body: { pending } });
    rememberSecret(setup.body.secret);
    const passkey = {
      id: `pky_${user.id}`,
      userId: user.id,
      credentialId: user.id,
      publicKey: "",
      counter: 0,
    };
    const named = { transports: "", name: "A phone", isBackedUp: false, createdAt: user.createdAt };
    await db().passkey.create({ data: { ...passkey, ...named } });
    const answer = await new Browser().send({ pending, code: codeOf(setup.body.secret) });
    expect(answer.body.code).toBe("auth.sign_in_over");
    expect(await sessionsOf(user)).toBe(0);
    expect(await db().totp.count({ where: { userId: user.id } })).toBe(0);
    await patch(false);
  });

  test("the last one cannot be removed; an administrator can take it away, which ends the sessions and is told", async () => {
    const { admin, caller, patch } = await needed("members");
    await patch(true);
    const user = await makeUser();
    await connectApp(user);
    const owner = await signedIn(user);
    const removed = await api("DELETE", "/api/auth/mfa/totp", { as: owner, headers: { origin } });
    expect(removed).toMatchObject({ status: 409, body: { code: "factor.last_required" } });
    const reset = await api("DELETE", `/api/v1/admin/users/${user.id}/factors`, {
      as: caller,
      headers: { origin },
    });
    expect(reset.status).toBe(204);
    expect((await api("GET", "/api/auth/me", { as: owner })).status).toBe(401);
    const event = await db().auditEvent.findFirst({ where: { action: "factor.removed", objectId: user.id } });
    expect(event).toMatchObject({ actorId: admin.id });
    expect(await db().mail.count({ where: { userId: user.id, kind: "factors_changed" } })).toBe(1);
    expect((await login(user)).body.code).toBe("auth.second_factor_setup_required");
    await patch(false);
  });

  test("somebody who becomes an administrator is asked at the next sign-in", async () => {
    const { caller, patch } = await needed("admins");
    await patch(true);
    const user = await makeUser();
    expect((await login(user)).status).toBe(200);
    const promoted = await api("PATCH", `/api/v1/admin/users/${user.id}`, {
      as: caller,
      body: { role: "admin" },
      headers: { origin },
    });
    expect(promoted.status).toBe(200);
    expect(await db().session.count({ where: { userId: user.id, endedAt: null } })).toBe(0);
    expect((await login(user)).body.code).toBe("auth.second_factor_setup_required");
    await patch(false);
  });

  test("nobody but an administrator takes another's factors away", async () => {
    const { actor } = await signedIn(await makeUser());
    await expect(resetFactors(actor, actor.user.id)).rejects.toThrow(
      expect.objectContaining({ code: "auth.forbidden" }),
    );
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import type { SessionActor } from "../core/actor";
import { newId } from "../core/ids";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { takeSingleton } from "../infra/singleton";
import { endSession } from "../sessions/commands";
import { changeSettings } from "../settings/commands";
import { settingsChange } from "../settings/schema";
import { makeAdmin, makeKey, makeUser, signedIn } from "../testing/factories";
import { api } from "../testing/request";
import { updateUser } from "../users/commands/update-user";
import { userState } from "../users/domain";
import type { User } from "../users/queries";
import { authenticate } from "./authenticate";
import { markOwnHost, proxiedHeader } from "./host";
import { proxiedText } from "./proxy-identity";

/** As our own host states it, after the headers of the web server in front were found good. */
const naming = (email: string, others: Record<string, string> = {}) =>
  new Headers({ [proxiedHeader]: proxiedText({ email, name: "Ana Quill" }), ...others });
const named = async (user: { email: string }, others?: Record<string, string>) =>
  (await authenticate(naming(user.email, others))) as SessionActor;
const rowsOf = (user: User) =>
  db().session.findMany({ where: { userId: user.id }, orderBy: { createdAt: "asc" } });
const set = async (values: object) =>
  changeSettings((await signedIn(await makeAdmin())).actor, settingsChange.parse(values));
const stranger = () => ({ email: `${newId("usr").toLowerCase()}@elsewhere.example` });

const addTotp = (userId: string) =>
  db().totp.create({ data: { userId, secretSealed: "-", createdAt: now(), confirmedAt: now() } });

let user: User;
beforeEach(async () => {
  markOwnHost();
  user = await makeUser();
});

describe("somebody whom the web server in front names", () => {
  test("is signed in, with one session however many requests come at once", async () => {
    const actors = await Promise.all([1, 2, 3, 4, 5].map((count) => named(user, { "x-count": `${count}` })));
    const rows = await rowsOf(user);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ kind: "proxy", method: "proxy", endedAt: null });
    for (const actor of actors)
      expect(actor).toMatchObject({ kind: "session", sessionId: rows[0]?.id, user: { id: user.id } });
  });

  test("gets a new session after a long pause, and after the old one was ended", async () => {
    const first = await named(user);
    moveClock(25 * 60 * 60 * 1000);
    const second = await named(user);
    expect(second.sessionId).not.toBe(first.sessionId);
    await endSession(second, second.sessionId, "signed_out");
    expect((await named(user)).sessionId).not.toBe(second.sessionId);
  });

  test("is out as soon as the account is disabled, and never in when it is deleted", async () => {
    await named(user);
    const admin = await signedIn(await makeAdmin());
    await updateUser(admin.actor, user.id, { disabled: true });
    await expect(named(user)).rejects.toMatchObject({ code: "auth.proxy_refused" });
    const deleted = await makeUser({ deletedAt: now() });
    await expect(named(deleted)).rejects.toMatchObject({ code: "auth.proxy_refused" });
    expect(await rowsOf(deleted)).toEqual([]);
  });

  // Seen failing: without `arrived` in sign-in-behind-proxy.ts they stayed invited for ever.
  test("is no longer invited once they came, and a password that was never confirmed proves no address", async () => {
    const stateOf = async ({ id }: User) => userState(await db().user.findUniqueOrThrow({ where: { id } }));
    const invited = await makeUser({ passwordHash: null });
    expect(await stateOf(invited)).toBe("invited");
    await named(invited);
    expect(await stateOf(invited)).toBe("active");
    await named(user);
    const { emailVerified } = await db().user.findUniqueOrThrow({ where: { id: user.id } });
    expect(emailVerified).toEqual(user.emailVerified);
  });

  test("is nobody under another host than ours, where the header comes from the client", async () => {
    takeSingleton("host");
    expect(await named(user)).toMatchObject({ kind: "anonymous" });
  });
});

describe("somebody without an account", () => {
  test("is refused, unless the setting makes a member of them, once", async () => {
    const person = stranger();
    await expect(named(person)).rejects.toMatchObject({ code: "auth.proxy_refused" });
    await set({ proxy_unknown_users: "create" });
    const actors = await Promise.all([1, 2, 3].map((count) => named(person, { "x-count": `${count}` })));
    expect(new Set(actors.map((actor) => actor.user.id)).size).toBe(1);
    const made = await db().user.findUniqueOrThrow({ where: { email: person.email } });
    expect(made).toMatchObject({ role: "member", planId: "free", name: "Ana Quill", passwordHash: null });
    expect(made.emailVerified).not.toBeNull();
    const events = await db().auditEvent.findMany({ where: { objectId: made.id } });
    expect(events.map(({ action }) => action)).toEqual(["user.registered"]);
    await set({ proxy_unknown_users: null });
    await expect(named(stranger())).rejects.toMatchObject({ code: "auth.proxy_refused" });
  });
});

// Seen failing, both: without the check in sign-in-behind-proxy.ts.
describe("a second factor", () => {
  test("that somebody has, or their role needs, is not got around", async () => {
    await named(user);
    await addTotp(user.id);
    moveClock(31_000);
    await expect(named(user)).rejects.toMatchObject({ code: "auth.proxy_second_factor" });
    const other = await makeUser();
    await named(other);
    await set({ second_factor_members: true });
    await expect(named(other)).rejects.toMatchObject({ code: "auth.proxy_second_factor" });
    await set({ second_factor_members: null });
  });

  test("is left to that server when the owner says that it asks", async () => {
    await addTotp(user.id);
    await set({ proxy_asks_second_factor: true });
    expect((await named(user)).user.id).toBe(user.id);
    await set({ proxy_asks_second_factor: null });
    await expect(named(user)).rejects.toMatchObject({ code: "auth.proxy_second_factor" });
  });
});

describe("beside another credential", () => {
  test("a cookie of the same person decides, so a second factor that was shown here counts", async () => {
    await addTotp(user.id);
    const own = await signedIn(user);
    expect((await named(user, { cookie: own.cookie })).sessionId).toBe(own.sessionId);
  });

  test("a cookie of somebody else is passed over, and goes on for itself", async () => {
    const other = await signedIn(await makeAdmin());
    for (let round = 0; round < 2; round += 1)
      expect((await named(user, { cookie: other.cookie })).user.id).toBe(user.id);
    const alone = await authenticate(new Headers({ cookie: other.cookie }));
    expect(alone).toMatchObject({ sessionId: other.sessionId });
  });

  test("a cookie that means nothing is passed over", async () => {
    const own = await signedIn(user);
    await endSession(own.actor, own.sessionId, "signed_out");
    const actor = await named(user, { cookie: own.cookie });
    expect(actor.user.id).toBe(user.id);
    expect(actor.sessionId).not.toBe(own.sessionId);
  });

  test("a key decides, good or bad", async () => {
    const key = await makeKey(await makeUser());
    expect(await named(user, key.headers)).toMatchObject({ kind: "key", user: { id: key.user.id } });
    await expect(named(user, { "x-api-key": "ady_wrong" })).rejects.toMatchObject({
      code: "auth.invalid_token",
    });
  });
});

describe("with the authority that a browser carries by itself", () => {
  const rename = (origin: string | undefined, site?: string) =>
    api("PATCH", "/api/auth/me", {
      body: { name: "Changed Elsewhere" },
      headers: {
        [proxiedHeader]: proxiedText({ email: user.email, name: "Ana" }),
        ...(origin ? { origin } : {}),
        ...(site ? { "sec-fetch-site": site } : {}),
      },
    });

  test("only pages of our own may change something", async () => {
    for (const refused of [
      await rename("https://evil.example"),
      await rename("null"),
      await rename(undefined, "cross-site"),
    ])
      expect([refused.status, refused.body.code]).toEqual([403, "request.cross_site"]);
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).name).toBe(user.name);
    expect((await rename("http://localhost:3000", "same-origin")).status).toBe(200);
  });

  test("a new session proves nothing: a sensitive change asks for the password", async () => {
    const first = await named(user);
    expect(first.provenAt).toBeUndefined();
    await endSession(first, first.sessionId, "signed_out");
    const second = await named(user);
    expect(second.provenAt).toBeUndefined();
    await db().session.update({ where: { id: second.sessionId }, data: { provenAt: now() } });
    moveClock(31_000);
    expect((await named(user)).provenAt).toBeInstanceOf(Date);
  });

  test("who has neither password nor second factor is taken at that server's word", async () => {
    const without = await makeUser({ passwordHash: null });
    expect((await named(without)).provenAt).toBeInstanceOf(Date);
  });
});

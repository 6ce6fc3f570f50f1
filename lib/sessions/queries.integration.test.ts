import { describe, expect, test } from "vitest";
import { dayMs, hourMs, minuteMs } from "../core/time";
import { authenticate } from "../http/authenticate";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { changeSettings } from "../settings/commands";
import { makeAdmin, makeKey, makeUser, signedIn, signedInProgram, testOrigin } from "../testing/factories";
import { endSession, endSessions, endSessionsOf, startSession } from "./commands";
import { countLiveSessions, findLiveSession, listFamiliarAddresses, listLiveSessions } from "./queries";

type Cookie = { cookie: string };
const isSignedIn = async ({ cookie }: Cookie) =>
  (await authenticate(new Headers({ cookie }))).kind === "session";
/** A visit every few hours, so that only the absolute lifetime can end the session. */
async function visitFor(hours: number, everyHours: number, caller: Cookie): Promise<boolean[]> {
  const visits: boolean[] = [];
  for (let hour = 0; hour < hours; hour += everyHours) {
    moveClock(everyHours * hourMs);
    visits.push(await isSignedIn(caller));
  }
  return visits;
}

// Each seen failing with its line of isLive() removed.
describe("a session lives", () => {
  test("until nobody has used it for the idle time, and each use starts that anew", async () => {
    const caller = await signedIn(await makeUser());
    moveClock(23 * hourMs);
    expect(await isSignedIn(caller)).toBe(true);
    moveClock(23 * hourMs);
    expect(await isSignedIn(caller)).toBe(true);
    moveClock(24 * hourMs);
    expect(await isSignedIn(caller)).toBe(false);
    moveClock(-2 * hourMs);
    expect(await isSignedIn(caller)).toBe(true);
  });

  test("until its absolute end, however much it is used", async () => {
    const caller = await signedIn(await makeUser());
    const visits = await visitFor(7 * 24 + 12, 12, caller);
    expect(visits).toEqual([...Array(13).fill(true), false, false]);
  });

  test("no longer than the idle time that is set now, within a second", async () => {
    const caller = await signedIn(await makeUser());
    const { actor: admin } = await signedIn(await makeAdmin());
    moveClock(2 * hourMs);
    expect(await findLiveSession(caller.sessionId)).not.toBeNull();
    await changeSettings(admin, { session_idle_hours: 1 } as Parameters<typeof changeSettings>[1]);
    expect(await isSignedIn(caller)).toBe(false);
    await changeSettings(admin, { session_idle_hours: null } as Parameters<typeof changeSettings>[1]);
    expect(await isSignedIn(caller)).toBe(true);
  });
});

// Seen failing, each: with the two `user.…At` questions of findLiveSession and with `endedAt === null` of isLive removed.
describe("a session ends at once", () => {
  test("when its account is disabled, and lives again should it be enabled without having been ended", async () => {
    const caller = await signedIn(await makeUser());
    await db().user.update({ where: { id: caller.user.id }, data: { disabledAt: now() } });
    expect(await isSignedIn(caller)).toBe(false);
  });

  test("when its account is deleted", async () => {
    const caller = await signedIn(await makeUser());
    await db().user.update({ where: { id: caller.user.id }, data: { deletedAt: now() } });
    expect(await isSignedIn(caller)).toBe(false);
  });

  test("when its row is gone", async () => {
    const caller = await signedIn(await makeUser());
    await db().session.delete({ where: { id: caller.sessionId } });
    expect(await isSignedIn(caller)).toBe(false);
  });

  test("by its owner, and the other devices stay signed in", async () => {
    const user = await makeUser();
    const [one, two, three] = [await signedIn(user), await signedIn(user), await signedIn(user)];
    await endSession(one.actor, two.sessionId, "ended_by_owner");
    expect(await Promise.all([one, two, three].map(isSignedIn))).toEqual([true, false, true]);
    expect(await db().session.findUnique({ where: { id: two.sessionId } })).toMatchObject({
      endedReason: "ended_by_owner",
    });
  });

  test("by an admin, who is named in the reason and the log", async () => {
    const caller = await signedIn(await makeUser());
    const { actor: admin } = await signedIn(await makeAdmin());
    await endSession(admin, caller.sessionId, "ended_by_owner");
    expect(await isSignedIn(caller)).toBe(false);
    expect(await db().session.findUnique({ where: { id: caller.sessionId } })).toMatchObject({
      endedReason: "ended_by_admin",
    });
    const event = await db().auditEvent.findFirst({
      where: { objectId: caller.sessionId, action: "session.ended" },
    });
    expect(event).toMatchObject({ actorId: admin.user.id });
  });

  test("never by another member: for them it is not there", async () => {
    const [caller, stranger] = [await signedIn(await makeUser()), await signedIn(await makeUser())];
    await expect(endSession(stranger.actor, caller.sessionId, "ended_by_owner")).rejects.toThrow(
      expect.objectContaining({ code: "session.not_found" }),
    );
    expect(await isSignedIn(caller)).toBe(true);
  });

  test("together with all others of the account, when an admin says so; other people's stay", async () => {
    const user = await makeUser();
    const mine = [await signedIn(user), await signedIn(user)];
    const other = await signedIn(await makeUser());
    const { actor: admin } = await signedIn(await makeAdmin());
    await endSessionsOf(admin, user);
    expect(await Promise.all([...mine, other].map(isSignedIn))).toEqual([false, false, true]);
    const before = await db().auditEvent.count();
    await endSessionsOf(admin, user);
    expect(await db().auditEvent.count()).toBe(before);
    await expect(endSessionsOf(other.actor, user)).rejects.toThrow(
      expect.objectContaining({ code: "auth.forbidden" }),
    );
  });

  test("with the exception that was asked for", async () => {
    const user = await makeUser();
    const [keep, end] = [await signedIn(user), await signedIn(user)];
    expect(await endSessions(db(), user.id, "password_changed", keep.sessionId)).toBe(1);
    expect([await isSignedIn(keep), await isSignedIn(end)]).toEqual([true, false]);
  });
});

// Seen failing: with both guards of touchSession() removed; either one alone holds.
test("being used is written down at most once a minute", async () => {
  const caller = await signedIn(await makeUser());
  const lastSeen = async () =>
    (await db().session.findUniqueOrThrow({ where: { id: caller.sessionId } })).lastSeenAt.getTime();
  const start = await lastSeen();
  for (let second = 0; second < 5; second += 1) {
    moveClock(10_000);
    await isSignedIn(caller);
  }
  expect(await lastSeen()).toBe(start);
  // What is remembered of a credential is looked up anew after half a minute.
  moveClock(45_000);
  await isSignedIn(caller);
  const touched = await lastSeen();
  expect(touched).toBeGreaterThan(start + minuteMs);
  expect((await db().user.findUniqueOrThrow({ where: { id: caller.user.id } })).lastSeenAt.getTime()).toBe(
    touched,
  );
  moveClock(-5 * minuteMs);
  await isSignedIn(caller);
  expect(await lastSeen()).toBe(touched);
});

test("one's list shows live sessions only, the latest used first", async () => {
  const user = await makeUser();
  const [first, second, ended] = [await signedIn(user), await signedIn(user), await signedIn(user)];
  await signedIn(await makeUser());
  await endSession(first.actor, ended.sessionId, "signed_out");
  moveClock(5 * minuteMs);
  await isSignedIn(first);
  expect((await listLiveSessions(user.id)).map(({ id }) => id)).toEqual([first.sessionId, second.sessionId]);
  moveClock(dayMs);
  expect(await listLiveSessions(user.id)).toEqual([]);
});

describe("the session of a program", () => {
  // Seen failing, each: with the question for the kind removed from isLive(), and from livePersonal().
  test("lives without being used, to its absolute end, and is listed as what it is", async () => {
    const program = await signedInProgram(await makeUser());
    moveClock(6 * dayMs);
    expect(await findLiveSession(program.sessionId)).not.toBeNull();
    expect(await listLiveSessions(program.user.id)).toMatchObject([{ id: program.sessionId, kind: "api" }]);
    moveClock(dayMs);
    expect(await findLiveSession(program.sessionId)).toBeNull();
    expect(await listLiveSessions(program.user.id)).toEqual([]);
  });

  // Seen failing: without hasScope in canEndSession().
  test("can be ended by its owner, not by somebody whose token was not made for that", async () => {
    const program = await signedInProgram(await makeUser());
    const narrow = { ...program.actor, scopes: ["predict" as const] };
    const end = (actor: typeof narrow) => endSession(actor, program.sessionId, "ended_by_owner");
    await expect(end(narrow)).rejects.toThrow(expect.objectContaining({ code: "session.not_found" }));
    const { headers } = program;
    expect((await authenticate(new Headers(headers))).kind).toBe("token");
    await endSession(program.actor, program.sessionId, "signed_out");
    await expect(authenticate(new Headers(headers))).rejects.toThrow(
      expect.objectContaining({ code: "auth.invalid_token" }),
    );
  });
});

// Seen failing, each: with the question for the key removed from findLiveSession(), and with the kinds left out of
// livePersonal() and listFamiliarAddresses().
describe("the session that an API key was exchanged for", () => {
  const exchanged = async (given: Parameters<typeof makeKey>[1] = {}) => {
    const { key, user } = await makeKey(await makeUser(), given);
    const start = { lifetimeMs: dayMs, kind: "key" as const, keyId: key.id };
    const session = await startSession(db(), user.id, testOrigin("203.0.113.99"), start);
    return { key, user, id: session.id };
  };
  const isLiveNow = async ({ id }: { id: string }) => (await findLiveSession(id)) !== null;

  test.each<[string, (keyId: string) => unknown]>([
    ["revoked", (id) => db().apiKey.update({ where: { id }, data: { revokedAt: now() } })],
    ["frozen", (id) => db().apiKey.update({ where: { id }, data: { frozenAt: now() } })],
    ["over", (id) => db().apiKey.update({ where: { id }, data: { expiresAt: now() } })],
  ])("is over when the key is %s", async (_name, change) => {
    const session = await exchanged();
    expect(await isLiveNow(session)).toBe(true);
    await change(session.key.id);
    expect(await isLiveNow(session)).toBe(false);
  });

  test("is no place where its owner was signed in: not listed, not counted, its address not familiar", async () => {
    const { user } = await exchanged();
    const { actor: admin } = await signedIn(await makeAdmin());
    const before = await countLiveSessions(admin);
    await exchanged();
    expect(await countLiveSessions(admin)).toEqual(before);
    expect(await listLiveSessions(user.id)).toEqual([]);
    expect(await listFamiliarAddresses(user.email)).toEqual([]);
  });
});

test("a familiar address is one the person was signed in from in the last 90 days", async () => {
  const user = await makeUser();
  await signedIn(user);
  expect(await listFamiliarAddresses(user.email)).toEqual(["192.0.2.1"]);
  expect(await listFamiliarAddresses("nobody@example.org")).toEqual([]);
  moveClock(91 * dayMs);
  expect(await listFamiliarAddresses(user.email)).toEqual([]);
});

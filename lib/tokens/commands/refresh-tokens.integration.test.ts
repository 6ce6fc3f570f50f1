import { beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { dayMs } from "../../core/time";
import { moveClock, now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { endSession, endSessions } from "../../sessions/commands";
import { findLiveSession, listLiveSessions } from "../../sessions/queries";
import { withBrokenAudit } from "../../testing/audit-table";
import { anonymousFrom, makeUser, type SignedInProgram, signedInProgram } from "../../testing/factories";
import { rememberSecret } from "../../testing/leaks";
import { inProcesses } from "../../testing/processes";
import { verifyAccessToken } from "../access-tokens";
import { findVerificationKey } from "../signing-keys";
import type { TokenPair } from "./issue-tokens";
import { refreshTokens } from "./refresh-tokens";

async function refresh(token: string, scope?: string): Promise<TokenPair> {
  const pair = await refreshTokens(anonymousFrom(), token, scope);
  rememberSecret(pair.accessToken, pair.refreshToken);
  return pair;
}
const outcome = (token: string, scope?: string) =>
  refresh(token, scope).then(
    () => "a pair",
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return error.code;
    },
  );
/** The whole way: a signature of ours, and a session that lives. */
async function isGood(accessToken: string): Promise<boolean> {
  const claims = await verifyAccessToken(accessToken, findVerificationKey);
  return claims !== null && (await findLiveSession(claims.sid)) !== null;
}
const isUnused = { usedAt: null };
const familyOf = ({ sessionId }: SignedInProgram) =>
  db().refreshToken.findMany({ where: { sessionId }, orderBy: { createdAt: "asc" } });

let program: SignedInProgram;
beforeEach(async () => {
  program = await signedInProgram(await makeUser());
});

describe("a refresh token", () => {
  test("gives the next pair of the same session, and the pair before it goes on", async () => {
    const next = await refresh(program.refreshToken);
    expect(next.refreshToken).toMatch(/^art_\w{43}$/);
    expect(next.refreshToken).not.toBe(program.refreshToken);
    expect(await verifyAccessToken(next.accessToken, findVerificationKey)).toMatchObject({
      sid: program.sessionId,
      sub: program.user.id,
      client_id: "adyton",
    });
    expect(await isGood(program.accessToken)).toBe(true);
    expect(await familyOf(program)).toHaveLength(2);
  });

  test("is kept as a digest only, and the answer to it encrypted", async () => {
    const next = await refresh(program.refreshToken);
    const rows = JSON.stringify(await familyOf(program));
    for (const secret of [program.refreshToken, next.refreshToken, next.accessToken])
      expect(rows).not.toContain(secret.slice(4, 24));
  });

  // Seen failing: with the absolute end of the successor counted from now.
  test("never carries a sign-in beyond its absolute end, however often it is used", async () => {
    const { expiresAt } = await db().session.findUniqueOrThrow({ where: { id: program.sessionId } });
    let token = program.refreshToken;
    for (let day = 0; day < 6; day += 1) {
      moveClock(dayMs);
      const next = await refresh(token);
      expect(next.refreshExpiresAt).toEqual(expiresAt);
      expect(next.accessExpiresAt.getTime()).toBeLessThanOrEqual(expiresAt.getTime());
      token = next.refreshToken;
    }
    moveClock(dayMs);
    expect(await outcome(token)).toBe("auth.invalid_token");
    expect(await isGood(program.accessToken)).toBe(false);
  });

  test.each([
    "",
    "art_",
    "x",
    `art_${"a".repeat(43)}`,
    `art_${"a".repeat(44)}`,
    "art_\0",
    "a".repeat(8_000),
    "ady_x",
  ])("that nobody knows is refused: %j", async (text) => {
    expect(await outcome(text)).toBe("auth.invalid_token");
  });

  test("is not any other secret: not the access token, not its own digest or id", async () => {
    const [row] = await familyOf(program);
    for (const text of [program.accessToken, row?.digest ?? "", row?.id ?? "", program.sessionId])
      expect(await outcome(text)).toBe("auth.invalid_token");
    expect(await outcome(program.refreshToken)).toBe("a pair");
  });
});

// Disabled and deleted seen failing: with findLiveSession in refreshTokens() replaced by the mere row. The others are
// held twice; seen failing with the conditions of takeTurn() gone as well.
describe("a refresh token is dead", () => {
  const change = (data: object) => db().user.update({ where: { id: program.user.id }, data });
  test.each<[string, () => Promise<unknown>]>([
    ["after signing out", () => endSession(program.actor, program.sessionId, "signed_out")],
    ["after a change of the password", () => endSessions(db(), program.user.id, "password_changed")],
    ["after a change of the role", () => endSessions(db(), program.user.id, "role_changed")],
    ["when the account is disabled", () => change({ disabledAt: now() })],
    ["when the account is deleted", () => change({ deletedAt: now() })],
    ["when the session is over", async () => moveClock(7 * dayMs)],
  ])("%s, and so is the access token", async (_name, end) => {
    expect(await isGood(program.accessToken)).toBe(true);
    await end();
    expect(await outcome(program.refreshToken)).toBe("auth.invalid_token");
    expect(await isGood(program.accessToken)).toBe(false);
    expect(await familyOf(program)).toHaveLength(1);
  });

  test("when the session ended between the two looks at it", async () => {
    // The row is locked by the one who ends the session while the refresh is on its way.
    const racing = Promise.all([
      outcome(program.refreshToken),
      endSessions(db(), program.user.id, "signed_out"),
    ]);
    const [result] = await racing;
    expect(["a pair", "auth.invalid_token"]).toContain(result);
    const open = await db().refreshToken.findMany({ where: { sessionId: program.sessionId, ...isUnused } });
    expect(open.length).toBeLessThanOrEqual(1);
    expect(await isGood(program.accessToken)).toBe(false);
    expect(await outcome(program.refreshToken)).toBe("auth.invalid_token");
  });
});

describe("when requests race for one refresh token", () => {
  // Seen failing: with `usedAt: null` taken out of the condition, and with no seconds of grace.
  test("50 at once all get the same working pair, there is one successor, and nobody is signed out", async () => {
    const pairs = await Promise.all(Array.from({ length: 50 }, () => refresh(program.refreshToken)));
    expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(new Set(pairs.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(await isGood(pairs[0]?.accessToken ?? "")).toBe(true);
    expect(await familyOf(program)).toHaveLength(2);
    expect(await listLiveSessions(program.user.id)).toHaveLength(1);
    expect(await outcome(pairs[49]?.refreshToken ?? "")).toBe("a pair");
    expect(await db().auditEvent.count({ where: { objectId: program.sessionId } })).toBe(0);
  });

  test("40 of two processes at once do too", async () => {
    const answers = await inProcesses<string[]>(2, {
      imports: `import { refreshTokens } from "./lib/tokens/commands/refresh-tokens";`,
      lines: `const origin = { requestId: "test", address: "192.0.2.1", userAgent: "" };
        const work = () => refreshTokens({ kind: "anonymous", origin }, ${JSON.stringify(program.refreshToken)});
        return (await Promise.all(Array.from({ length: 20 }, work))).map(({ refreshToken }) => refreshToken);`,
    });
    rememberSecret(...answers.flat());
    expect(answers.flat()).toHaveLength(40);
    expect(new Set(answers.flat()).size).toBe(1);
    expect(await familyOf(program)).toHaveLength(2);
    expect(await outcome(answers[0]?.[0] ?? "")).toBe("a pair");
  });

  test("each gets the scopes it asked for, beside the same secret", async () => {
    const [all, few] = [await refresh(program.refreshToken), await refresh(program.refreshToken, "predict")];
    expect(few.refreshToken).toBe(all.refreshToken);
    expect(await verifyAccessToken(few.accessToken, findVerificationKey)).toMatchObject({ scope: "predict" });
    expect(await verifyAccessToken(all.accessToken, findVerificationKey)).toMatchObject({
      scope: expect.stringContaining("account"),
    });
    expect(await isGood(few.accessToken)).toBe(true);
  });
});

describe("a refresh token that comes back later", () => {
  // Seen failing: without endReused(), and with graceMs of a minute.
  test("ends the whole sign-in: session, access tokens and the successor; recorded although it is refused", async () => {
    const other = await signedInProgram(program.user);
    const next = await refresh(program.refreshToken);
    moveClock(11_000);
    expect(await outcome(program.refreshToken)).toBe("auth.refresh_reused");
    expect(await isGood(program.accessToken)).toBe(false);
    expect(await isGood(next.accessToken)).toBe(false);
    expect(await outcome(next.refreshToken)).toBe("auth.invalid_token");
    expect(await db().session.findUnique({ where: { id: program.sessionId } })).toMatchObject({
      endedReason: "token_reused",
    });
    const [event, ...more] = await db().auditEvent.findMany({ where: { objectId: program.sessionId } });
    expect(event).toMatchObject({
      action: "token.reuse_detected",
      actorKind: "anonymous",
      address: "192.0.2.1",
    });
    expect(JSON.parse(event?.detail ?? "")).toMatchObject({
      user_id: program.user.id,
      reason: "token_reused",
    });
    expect(more).toEqual([]);
    // Another sign-in of the same person is another matter.
    expect(await isGood(other.accessToken)).toBe(true);
    expect(await outcome(other.refreshToken)).toBe("a pair");
  });

  test("is refused again each time, and recorded once", async () => {
    await refresh(program.refreshToken);
    moveClock(11_000);
    const replies = await Promise.all(Array.from({ length: 10 }, () => outcome(program.refreshToken)));
    expect(new Set(replies)).toEqual(new Set(["auth.refresh_reused"]));
    expect(await db().auditEvent.count({ where: { objectId: program.sessionId } })).toBe(1);
  });

  test("within ten seconds is a race, after them it is not", async () => {
    await refresh(program.refreshToken);
    moveClock(9_000);
    expect(await outcome(program.refreshToken)).toBe("a pair");
    moveClock(1_500);
    expect(await outcome(program.refreshToken)).toBe("auth.refresh_reused");
  });

  test("from the middle of a long chain ends it as well", async () => {
    const tokens = [program.refreshToken];
    for (let step = 0; step < 5; step += 1) {
      moveClock(60_000);
      tokens.push((await refresh(tokens.at(-1) ?? "")).refreshToken);
    }
    expect(await outcome(tokens[2] ?? "")).toBe("auth.refresh_reused");
    expect(await outcome(tokens[5] ?? "")).toBe("auth.invalid_token");
  });

  test("is refused and ends nothing while that cannot be recorded", async () => {
    await refresh(program.refreshToken);
    moveClock(11_000);
    await withBrokenAudit(async () => {
      expect(await outcome(program.refreshToken)).toBe("audit.unavailable");
    });
    expect(await isGood(program.accessToken)).toBe(true);
    expect(await outcome(program.refreshToken)).toBe("auth.refresh_reused");
    expect(await isGood(program.accessToken)).toBe(false);
  });
});

describe("a clock that steps back", () => {
  // Seen failing: without Math.abs in repeatAnswer().
  test("does not make a token that was used long ago one that was used just now", async () => {
    await refresh(program.refreshToken);
    moveClock(-3_600_000);
    expect(await outcome(program.refreshToken)).toBe("auth.refresh_reused");
    expect(await isGood(program.accessToken)).toBe(false);
  });

  // Seen failing: without removing the answers whose seconds are over.
  test("does not bring back the seconds after a use, once the chain went on", async () => {
    const next = await refresh(program.refreshToken);
    moveClock(60_000);
    await refresh(next.refreshToken);
    moveClock(-58_000);
    expect(await outcome(program.refreshToken)).toBe("auth.refresh_reused");
  });

  test("does not bring back a family that was ended", async () => {
    const next = await refresh(program.refreshToken);
    moveClock(11_000);
    expect(await outcome(program.refreshToken)).toBe("auth.refresh_reused");
    moveClock(-11_000);
    expect(await outcome(program.refreshToken)).toBe("auth.invalid_token");
    expect(await outcome(next.refreshToken)).toBe("auth.invalid_token");
    expect(await isGood(next.accessToken)).toBe(false);
  });
});

describe("the scope of a refresh", () => {
  test("narrows the access token only: the next refresh may ask for everything again", async () => {
    const few = await refresh(program.refreshToken, "predict usage:read");
    expect(few.scopes).toEqual(["predict", "usage:read"]);
    const all = await refresh(few.refreshToken);
    expect(all.scopes).toContain("account");
  });

  // Seen failing: with the scopes that were asked for given as they are.
  test.each(["admin", "predict admin", "nonsense", "metrics"])(
    "cannot be widened to %j, and trying costs nothing",
    async (scope) => {
      expect(await outcome(program.refreshToken, scope)).toBe("auth.scope_missing");
      expect(await db().refreshToken.count({ where: { sessionId: program.sessionId, ...isUnused } })).toBe(1);
    },
  );
});

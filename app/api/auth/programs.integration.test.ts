import { beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { moveClock } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { env } from "@/lib/infra/env";
import { makeAdmin, makeKey, makeUser, signedIn, signedInProgram } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { type Answer, api, type Call } from "@/lib/testing/request";
import { testPassword } from "@/lib/testing/test-password";
import { verifyAccessToken } from "@/lib/tokens/access-tokens";
import type { loginView, tokenPairView } from "@/lib/tokens/schema";
import { findVerificationKey } from "@/lib/tokens/signing-keys";

beforeEach(async () => {
  await db().attemptSlot.deleteMany();
});

type Login = z.infer<typeof loginView>;
type Pair = z.infer<typeof tokenPairView>;

async function login(body: unknown, call: Call = {}): Promise<Answer<Login & { code?: string }>> {
  const answer = await api<Login>("POST", "/api/auth/login", { body, ...call });
  if (answer.status === 200) rememberSecret(answer.body.access_token, answer.body.refresh_token);
  return answer;
}
async function refresh(token: unknown): Promise<Answer<Pair & { code?: string }>> {
  const answer = await api<Pair>("POST", "/api/auth/refresh", { body: { refresh_token: token } });
  if (answer.status === 200) rememberSecret(answer.body.access_token, answer.body.refresh_token);
  return answer;
}
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const me = async (token: string) => (await api("GET", "/api/auth/me", bearer(token))).status;

describe("POST /login", () => {
  test("200: tokens that work, for as long as they say, and who signed in", async () => {
    const user = await makeUser();
    const { status, body, headers } = await login({ email: user.email, password: testPassword });
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("set-cookie")).toBeNull();
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "Bearer",
      expires_in: expect.any(Number),
      refresh_token: expect.stringMatching(/^art_\w{43}$/),
      refresh_expires_in: expect.any(Number),
      user: { id: user.id, email: user.email, name: user.name, role: "member", plan: "free" },
    });
    expect(body.expires_in).toBeGreaterThan(env().accessTokenMs / 1000 - 10);
    expect(body.refresh_expires_in).toBeGreaterThan(env().refreshTokenMs / 1000 - 10);
    expect(await me(body.access_token)).toBe(200);
    const claims = await verifyAccessToken(body.access_token, findVerificationKey);
    expect(claims).toMatchObject({ sub: user.id, role: "member", client_id: "adyton" });
    expect(claims?.scope.split(" ").sort()).toEqual([
      "account",
      "keys",
      "models:read",
      "predict",
      "tasks",
      "usage:read",
    ]);
    const session = await db().session.findUniqueOrThrow({ where: { id: claims?.sid ?? "" } });
    expect(session).toMatchObject({ kind: "api", userId: user.id });
    moveClock((body.expires_in + 1) * 1000);
    expect(await me(body.access_token)).toBe(401);
  });

  test("200 with all scopes for an administrator", async () => {
    const { body } = await login({ email: (await makeAdmin()).email, password: testPassword });
    const claims = await verifyAccessToken(body.access_token, findVerificationKey);
    expect(claims?.scope.split(" ")).toEqual(expect.arrayContaining(["admin", "metrics", "account"]));
    expect((await api("GET", "/api/v1/admin/users", bearer(body.access_token))).status).toBe(200);
  });

  test("401, the same for a wrong password, an unknown address, a disabled and a deleted account", async () => {
    const user = await makeUser();
    const at = new Date();
    const cases: [string, string][] = [
      [user.email, "wrong password"],
      ["nobody@example.org", testPassword],
      [(await makeUser({ disabledAt: at })).email, testPassword],
      [(await makeUser({ deletedAt: at })).email, testPassword],
    ];
    const bodies = new Set<string>();
    for (const [index, [email, password]] of cases.entries()) {
      const answer = await login({ email, password }, { from: `198.51.100.${index}` });
      expect(answer).toMatchObject({ status: 401, body: { code: "auth.invalid_credentials" } });
      bodies.add(answer.text.replace(/"request_id":"\w+"/, ""));
    }
    expect(bodies.size).toBe(1);
  });

  test("422 for anything but an address and a password", async () => {
    const good = { email: "ana@example.org", password: "x" };
    for (const body of [
      {},
      { email: good.email },
      { ...good, role: "admin" },
      { ...good, code: "123456" },
      { ...good, otp: "" },
      { ...good, email: { not: "" } },
      { ...good, password: ["x"] },
      { ...good, password: "" },
      [],
    ])
      expect((await login(body)).status, JSON.stringify(body)).toBe(422);
  });

  test("429 after five wrong ones from one address, right or wrong, with Retry-After", async () => {
    const user = await makeUser();
    const from = "203.0.113.50";
    for (let count = 0; count < 5; count += 1)
      await login({ email: user.email, password: "wrong password" }, { from });
    const answer = await login({ email: user.email, password: testPassword }, { from });
    expect(answer).toMatchObject({ status: 429, body: { code: "auth.too_many_attempts" } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(800);
  });

  test("403 from a page of another site", async () => {
    const user = await makeUser();
    const answer = await login(
      { email: user.email, password: testPassword },
      { headers: { origin: "https://evil.example" } },
    );
    expect(answer).toMatchObject({ status: 403, body: { code: "request.cross_site" } });
  });
});

describe("POST /refresh", () => {
  test("200: the next pair, and the one before it goes on until it ends", async () => {
    const program = await signedInProgram(await makeUser());
    const { status, body } = await refresh(program.refreshToken);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      "access_token",
      "expires_in",
      "refresh_expires_in",
      "refresh_token",
      "token_type",
    ]);
    expect([await me(body.access_token), await me(program.accessToken)]).toEqual([200, 200]);
  });

  // Seen failing: without endReused() in refreshTokens().
  test("401 auth.refresh_reused for one that comes back later, and every token of it is over", async () => {
    const program = await signedInProgram(await makeUser());
    const { body: next } = await refresh(program.refreshToken);
    moveClock(11_000);
    const answer = await refresh(program.refreshToken);
    expect(answer).toMatchObject({ status: 401, body: { code: "auth.refresh_reused" } });
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect([await me(program.accessToken), await me(next.access_token)]).toEqual([401, 401]);
    expect(await refresh(next.refresh_token)).toMatchObject({
      status: 401,
      body: { code: "auth.invalid_token" },
    });
  });

  test("401 for every other secret that is pasted there", async () => {
    const user = await makeUser();
    const program = await signedInProgram(user);
    const key = await makeKey(user);
    const { cookie } = await signedIn(user);
    for (const text of [program.accessToken, key.secret, cookie, cookie.split("=")[1], "", "a".repeat(7_999)])
      expect(await refresh(text)).toMatchObject({ status: 401, body: { code: "auth.invalid_token" } });
  });

  test("422 for no text at all", async () => {
    for (const token of [undefined, null, 1, {}, ["art_"], "a".repeat(8_001)])
      expect((await refresh(token)).status).toBe(422);
    const body = { refresh_token: "x", scope: "admin" };
    expect((await api("POST", "/api/auth/refresh", { body })).status).toBe(422);
  });
});

describe("POST /logout", () => {
  // Seen failing: with endSession left out of the route.
  test("204: access and refresh token stop at once, other sign-ins go on", async () => {
    const user = await makeUser();
    const [here, there] = [await signedInProgram(user), await signedInProgram(user)];
    expect(await me(here.accessToken)).toBe(200);
    expect((await api("POST", "/api/auth/logout", { headers: here.headers })).status).toBe(204);
    expect([await me(here.accessToken), await me(there.accessToken)]).toEqual([401, 200]);
    expect((await refresh(here.refreshToken)).status).toBe(401);
    expect((await refresh(there.refreshToken)).status).toBe(200);
    expect((await api("POST", "/api/auth/logout", { headers: here.headers })).status).toBe(401);
  });

  test("204 for a browser too", async () => {
    const as = await signedIn(await makeUser());
    expect((await api("POST", "/api/auth/logout", { as })).status).toBe(204);
    expect((await api("GET", "/api/auth/me", { as })).status).toBe(401);
  });

  test("403 for an API key, 401 for nobody", async () => {
    const { headers } = await makeKey(await makeUser());
    expect(await api("POST", "/api/auth/logout", { headers })).toMatchObject({
      status: 403,
      body: { code: "auth.scope_missing" },
    });
    expect((await api("POST", "/api/auth/logout")).status).toBe(401);
  });
});

test("a program's sign-in is in one's list of sessions, and can be ended there", async () => {
  const user = await makeUser();
  const as = await signedIn(user);
  const program = await signedInProgram(user);
  type Sessions = { items: { id: string; kind: string }[] };
  const { body } = await api<Sessions>("GET", "/api/auth/sessions", { as });
  expect(new Map(body.items.map(({ id, kind }) => [id, kind]))).toEqual(
    new Map([
      [as.sessionId, "browser"],
      [program.sessionId, "api"],
    ]),
  );
  expect((await api("DELETE", `/api/auth/sessions/${program.sessionId}`, { as })).status).toBe(204);
  expect(await me(program.accessToken)).toBe(401);
  expect((await refresh(program.refreshToken)).status).toBe(401);
});

describe("/api/v1/admin/signing-keys", () => {
  type Keys = { items: { id: string; is_current: boolean }[] };
  test("201 makes a new key, 200 lists it first, and nobody is signed out", async () => {
    const program = await signedInProgram(await makeUser());
    const as = await signedIn(await makeAdmin());
    const made = await api<{ id: string }>("POST", "/api/v1/admin/signing-keys", { as });
    expect(made).toMatchObject({ status: 201, body: { is_current: true, retired_at: null } });
    const { body, text } = await api<Keys>("GET", "/api/v1/admin/signing-keys", { as });
    expect(body.items[0]).toMatchObject({ id: made.body.id, is_current: true });
    expect(body.items.slice(1).every(({ is_current }) => !is_current)).toBe(true);
    expect(text).not.toMatch(/"d"|sealed|private/i);
    expect(await me(program.accessToken)).toBe(200);
  });

  test("403 for members, 401 for nobody", async () => {
    const as = await signedIn(await makeUser());
    for (const method of ["GET", "POST"]) {
      expect((await api(method, "/api/v1/admin/signing-keys", { as })).status).toBe(403);
      expect((await api(method, "/api/v1/admin/signing-keys")).status).toBe(401);
    }
  });
});

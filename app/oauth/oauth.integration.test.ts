import { beforeEach, describe, expect, test } from "vitest";
import { moveClock } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { revokeKey } from "@/lib/keys/commands/revoke-key";
import {
  makeAdmin,
  makeKey,
  makeUser,
  type SignedInProgram,
  signedIn,
  signedInProgram,
  type WithKey,
} from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api } from "@/lib/testing/request";

type Body = {
  error?: string;
  error_description?: string;
  access_token: string;
  refresh_token?: string;
  scope: string;
  active?: boolean;
};
const formType = "application/x-www-form-urlencoded";

async function send(
  path: string,
  form: Record<string, string> | string,
  headers: Record<string, string> = {},
) {
  const body = typeof form === "string" ? form : new URLSearchParams(form).toString();
  const answer = await api<Body>("POST", `/oauth/${path}`, {
    body,
    headers: { "content-type": formType, ...headers },
  });
  if (answer.body?.access_token) rememberSecret(answer.body.access_token, answer.body.refresh_token ?? "");
  return answer;
}
const formEncoded = (text: string) => new URLSearchParams({ a: text }).toString().slice(2);
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString("base64")}`,
});
const me = async (token: string) =>
  (await api("GET", "/api/auth/me", { headers: { authorization: `Bearer ${token}` } })).status;

let program: SignedInProgram;
let key: WithKey;
beforeEach(async () => {
  const user = await makeUser();
  program = await signedInProgram(user);
  key = await makeKey(user, { scopes: ["predict", "usage:read"] });
});
const keyId = () => key.key.id;
const asClient = () => basic(keyId(), key.secret);

describe("every answer", () => {
  test("is never kept, and has the words of RFC 6749 and no others", async () => {
    for (const path of ["token", "revoke", "introspect"]) {
      const answer = await send(path, {});
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("pragma")).toBe("no-cache");
      expect(answer.headers.get("content-type")).toContain("application/json");
      expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
      expect(Object.keys(answer.body)).toEqual(["error", "error_description"]);
      // The characters that RFC 6749, 5.2 allows.
      expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    }
  });

  test.each(["token", "revoke", "introspect"])(
    "of %s to what is no form, or a doubled one, is invalid_request",
    async (path) => {
      const refused = { status: 400, body: { error: "invalid_request" } };
      expect(await send(path, "{}", { "content-type": "application/json" })).toMatchObject(refused);
      expect(await send(path, "a=1", { "content-type": "text/plain" })).toMatchObject(refused);
      expect(await send(path, "token=a&token=b")).toMatchObject(refused);
      expect(await send(path, "grant_type=refresh_token&grant_type=refresh_token")).toMatchObject(refused);
      expect(await send(path, "unknown=a&unknown=b")).toMatchObject(refused);
      expect(await send(path, `token=${"a".repeat(70_000)}`)).toMatchObject(refused);
      expect(await send(path, "a=1", { authorization: "Bearer x", "x-api-key": "y" })).toMatchObject(refused);
    },
  );
});

describe("clients", () => {
  // Seen failing: without the comparison of the id.
  test("that are unknown or have a wrong secret are 401 invalid_client, told how when they used Basic", async () => {
    const form = { grant_type: "client_credentials" };
    const other = await makeKey(program.user);
    for (const [id, secret] of [
      [keyId(), "ady_wrong"],
      [keyId(), ""],
      [keyId(), other.secret],
      ["key_unknown", key.secret],
      ["", key.secret],
      ["adyton", key.secret],
      [keyId(), program.accessToken],
      [keyId(), program.refreshToken],
      ["%zz", "%zz"],
    ] as const) {
      const byBasic = await send("token", form, basic(id, secret));
      expect(byBasic).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(byBasic.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
      const byPost = await send("token", { ...form, client_id: id, client_secret: secret });
      expect(byPost).toMatchObject({ status: 401, body: { error: "invalid_client" } });
      expect(byPost.headers.get("www-authenticate")).toBeNull();
    }
    for (const authorization of ["Basic", "Basic %%%", "Basic YQ==", "basic ", "Basic Og=="])
      expect((await send("token", form, { authorization })).status, authorization).toBe(401);
  });

  test("may show themselves in the header or in the form, but not in both", async () => {
    const form = { grant_type: "client_credentials" };
    const inForm = { client_id: keyId(), client_secret: key.secret };
    expect((await send("token", form, asClient())).status).toBe(200);
    expect((await send("token", { ...form, ...inForm })).status).toBe(200);
    expect(await send("token", { ...form, ...inForm }, asClient())).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
    expect((await send("token?client_id=a&client_secret=b", form)).status).toBe(401);
  });

  // Seen failing: with findKeyBySecret in place of findLiveKey.
  test("whose key is revoked, expired or not for this address are 401 invalid_client", async () => {
    const form = { grant_type: "client_credentials" };
    const near = await makeKey(program.user, { cidrs: ["10.0.0.0/8"] });
    expect((await send("token", form, basic(near.key.id, near.secret))).status).toBe(401);
    await revokeKey((await signedIn(program.user)).actor, keyId());
    expect(await send("token", form, asClient())).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
  });
});

describe("POST /oauth/token with client_credentials", () => {
  const get = (scope?: string) =>
    send(
      "token",
      { grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) },
      asClient(),
    );

  test("200: a token with the scopes of the key, without a refresh token", async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: "Bearer",
      expires_in: expect.any(Number),
      scope: "predict usage:read",
    });
    const answer = await api<{ actor: { kind: string } }>("GET", "/api/auth/me", {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(answer).toMatchObject({ status: 200, body: { actor: { kind: "key" } } });
    expect(await send("introspect", { token: body.access_token }, asClient())).toMatchObject({
      body: { active: true, client_id: keyId(), sub: program.user.id },
    });
  });

  test("200 with fewer scopes when fewer are asked for, 400 invalid_scope for more, or for nothing", async () => {
    expect((await get("predict")).body.scope).toBe("predict");
    for (const scope of ["admin", "predict admin", "account", "keys", "nonsense"])
      expect(await get(scope), scope).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
  });

  test("a key never gets more than the role of its owner allows by now", async () => {
    const admin = await makeAdmin();
    const strong = await makeKey(admin, { scopes: ["predict", "admin"] });
    const form = { grant_type: "client_credentials" };
    expect((await send("token", form, basic(strong.key.id, strong.secret))).body.scope).toBe("predict admin");
    await db().user.update({ where: { id: admin.id }, data: { role: "member" } });
    expect((await send("token", form, basic(strong.key.id, strong.secret))).body.scope).toBe("predict");
  });

  // Seen failing: without the question for the key in findLiveSession().
  test("the token dies with the key, at once, and does not outlive its end", async () => {
    const { body } = await get();
    expect(await me(body.access_token)).toBe(200);
    await revokeKey((await signedIn(program.user)).actor, keyId());
    expect(await me(body.access_token)).toBe(401);
    const short = await makeKey(program.user, { expires_at: new Date(Date.now() + 60_000) });
    const form = { grant_type: "client_credentials" };
    const answer = await send("token", form, basic(short.key.id, short.secret));
    expect((answer.body as unknown as { expires_in: number }).expires_in).toBeLessThanOrEqual(60);
    moveClock(61_000);
    expect(await me(answer.body.access_token)).toBe(401);
  });

  test("its session is not among those of its owner", async () => {
    await get();
    type Sessions = { items: { kind: string }[] };
    const as = await signedIn(program.user);
    const { body } = await api<Sessions>("GET", "/api/auth/sessions", { as });
    expect(body.items.map(({ kind }) => kind).sort()).toEqual(["api", "browser"]);
  });

  test("401 without a key", async () => {
    for (const form of [{}, { client_id: "adyton" }] as Record<string, string>[])
      expect(await send("token", { grant_type: "client_credentials", ...form })).toMatchObject({
        status: 401,
        body: { error: "invalid_client" },
      });
  });
});

describe("POST /oauth/token with refresh_token", () => {
  const next = (token: string, more: Record<string, string> = {}, headers = {}) =>
    send("token", { grant_type: "refresh_token", refresh_token: token, ...more }, headers);

  test("200: the next pair, with its scope", async () => {
    for (const more of [{}, { client_id: "adyton" }] as Record<string, string>[]) {
      const { status, body } = await next(program.refreshToken, more);
      expect(status).toBe(200);
      expect(body.refresh_token).toMatch(/^art_/);
      expect(body.scope.split(" ")).toContain("account");
      expect(await me(body.access_token)).toBe(200);
    }
  });

  test("200 with fewer scopes, 400 invalid_scope for more, and the token is not used up by asking", async () => {
    expect(await next(program.refreshToken, { scope: "admin" })).toMatchObject({
      status: 400,
      body: { error: "invalid_scope" },
    });
    expect((await next(program.refreshToken, { scope: "predict" })).body.scope).toBe("predict");
  });

  test("400 invalid_grant for unknown, spent and foreign ones", async () => {
    const refused = { status: 400, body: { error: "invalid_grant" } };
    expect(await next("art_unknown")).toMatchObject(refused);
    expect(await next(program.accessToken)).toMatchObject(refused);
    expect(await next(key.secret)).toMatchObject(refused);
    expect(await next(program.refreshToken, {}, asClient())).toMatchObject(refused);
    const { body } = await next(program.refreshToken);
    moveClock(11_000);
    expect(await next(program.refreshToken)).toMatchObject(refused);
    expect(await next(body.refresh_token ?? "")).toMatchObject(refused);
    expect(await me(body.access_token)).toBe(401);
  });

  test("400 invalid_request without one, 401 for a client nobody knows", async () => {
    expect(await send("token", { grant_type: "refresh_token" })).toMatchObject({
      body: { error: "invalid_request" },
    });
    expect(await next("")).toMatchObject({ body: { error: "invalid_request" } });
    expect(await next(program.refreshToken, { client_id: "somebody" })).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
  });
});

test.each([
  "password",
  "authorization_code",
  "implicit",
  "REFRESH_TOKEN",
  "urn:ietf:params:oauth:grant-type:jwt-bearer",
])("the grant %s is 400 unsupported_grant_type", async (grant_type) => {
  const form = { grant_type, username: program.user.email, password: "x", code: "x", assertion: "x" };
  expect(await send("token", form)).toMatchObject({ status: 400, body: { error: "unsupported_grant_type" } });
});

test("no grant at all is 400 invalid_request", async () => {
  expect(await send("token", {})).toMatchObject({ status: 400, body: { error: "invalid_request" } });
});

describe("POST /oauth/revoke", () => {
  // Seen failing: with the update of the session taken out of revokeToken().
  test.each(["accessToken", "refreshToken"] as const)(
    "200: the %s ends its session and all of its tokens",
    async (kind) => {
      const other = await signedInProgram(program.user);
      expect(await send("revoke", { token: program[kind], token_type_hint: "nonsense" })).toMatchObject({
        status: 200,
        text: "",
      });
      expect([await me(program.accessToken), await me(other.accessToken)]).toEqual([401, 200]);
      const again = await send("token", { grant_type: "refresh_token", refresh_token: program.refreshToken });
      expect(again).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
      const event = await db().auditEvent.findFirst({ where: { objectId: program.sessionId } });
      expect(event).toMatchObject({ action: "session.ended" });
    },
  );

  test("200 for what nobody knows, and for what is over", async () => {
    const { cookie } = await signedIn(program.user);
    await send("revoke", { token: program.accessToken });
    for (const token of [
      "x",
      "a.b.c",
      "art_x",
      cookie,
      key.secret,
      program.accessToken,
      program.refreshToken,
    ])
      expect((await send("revoke", { token })).status).toBe(200);
    expect((await api("GET", "/api/auth/me", { as: { cookie } })).status).toBe(200);
    expect((await api("GET", "/api/auth/me", { headers: key.headers })).status).toBe(200);
  });

  test("200 by a key as client, 401 with a wrong secret, 400 without a token", async () => {
    expect((await send("revoke", { token: "x" }, asClient())).status).toBe(200);
    expect((await send("revoke", { token: program.accessToken }, basic(keyId(), "x"))).status).toBe(401);
    expect(await me(program.accessToken)).toBe(200);
    expect(await send("revoke", {})).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

describe("POST /oauth/introspect", () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test("200: what an access token is good for, to a key as client, a key in a header and a token", async () => {
    for (const headers of [asClient(), key.headers, bearer(key.secret), bearer(program.accessToken)]) {
      const { status, body } = await send("introspect", { token: program.accessToken }, headers);
      expect(status).toBe(200);
      expect(body).toEqual({
        active: true,
        scope: expect.stringContaining("account"),
        client_id: "adyton",
        username: program.user.email,
        token_type: "Bearer",
        exp: expect.any(Number),
        iat: expect.any(Number),
        sub: program.user.id,
        aud: "http://localhost:3000",
        iss: "http://localhost:3000",
        jti: expect.any(String),
      });
    }
    const form = { token: program.accessToken, client_id: keyId(), client_secret: key.secret };
    expect((await send("introspect", form)).body.active).toBe(true);
  });

  test("200: a refresh token too, until it is used", async () => {
    const ask = () => send("introspect", { token: program.refreshToken }, asClient());
    expect((await ask()).body).toMatchObject({ active: true, client_id: "adyton", sub: program.user.id });
    await send("token", { grant_type: "refresh_token", refresh_token: program.refreshToken });
    expect((await ask()).body).toEqual({ active: false });
  });

  // Seen failing: with the comparison of the user left out of introspectToken().
  test("of other people's tokens only administrators learn anything; of dead and unknown ones nobody does", async () => {
    const theirs = await signedInProgram(await makeUser());
    const ask = async (token: string, headers: Record<string, string>) =>
      (await send("introspect", { token }, headers)).text;
    const nothing = '{"active":false}';
    for (const token of [theirs.accessToken, theirs.refreshToken, "x", "a.b.c", key.secret])
      expect(await ask(token, asClient())).toBe(nothing);
    const admin = await makeAdmin();
    const strong = await makeKey(admin, { scopes: ["admin"] });
    const weak = await makeKey(admin, { scopes: ["predict"] });
    const browserless = await signedInProgram(admin);
    for (const headers of [basic(strong.key.id, strong.secret), strong.headers, browserless.headers])
      expect(await ask(theirs.accessToken, headers)).toContain('"active":true');
    for (const headers of [basic(weak.key.id, weak.secret), weak.headers])
      expect(await ask(theirs.accessToken, headers)).toBe(nothing);
    await send("revoke", { token: theirs.accessToken });
    expect(await ask(theirs.accessToken, strong.headers)).toBe(nothing);
  });

  test("401 for nobody, for a wrong secret, for a dead token, and for a cookie", async () => {
    const { cookie } = await signedIn(program.user);
    const token = program.accessToken;
    expect(await send("introspect", { token })).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
    expect((await send("introspect", { token }, { cookie })).status).toBe(401);
    expect((await send("introspect", { token }, basic(keyId(), "x"))).status).toBe(401);
    const dead = await send("introspect", { token }, bearer("a.b.c"));
    expect(dead).toMatchObject({ status: 401, body: { error: "invalid_token" } });
    expect(dead.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect(await send("introspect", {}, asClient())).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });
});

describe("what is published", () => {
  test("RFC 8414: where everything is, and what it can do", async () => {
    const { status, body } = await api<Record<string, unknown>>(
      "GET",
      "/.well-known/oauth-authorization-server",
    );
    expect(status).toBe(200);
    const issuer = "http://localhost:3000";
    expect(body).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: [],
      grant_types_supported: ["refresh_token", "client_credentials"],
    });
  });

  test("RFC 7517: public parts only, to be kept for minutes", async () => {
    const { status, body, text, headers } = await api<{ keys: Record<string, string>[] }>(
      "GET",
      "/.well-known/jwks.json",
    );
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    expect(Object.keys(body.keys[0] ?? {}).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
    expect(text).not.toContain('"d"');
  });
});

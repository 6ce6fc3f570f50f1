import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CarePeople,
  careSecretNames,
  freshSolution,
  makeCareSecrets,
  pendingOf,
} from "../support/care-secrets";
import type { Answer, Call, Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import { createKey, createPerson, invite, type Person, signInAdmin, signInProgram } from "../support/people";
import { type Host, startHost } from "../support/start-host";

/** Everything of ours that is or looks like a secret, and the ids that stand near them. */
const secretNames = [
  "session cookie",
  "CSRF cookie",
  "CSRF token",
  "device cookie",
  "callback cookie",
  "invitation secret",
  "reset secret",
  "refresh token",
  "access token",
  "access token of a key",
  "API key",
  "password",
  "Idempotency-Key",
  "session id",
  "key id",
  "user id",
  "id of the refresh token",
  "id of the access token",
  "id of the signing key",
  ...careSecretNames,
] as const;
type SecretName = (typeof secretNames)[number];

type Slot = {
  takes: readonly SecretName[];
  /** What everything else is told there: the status, and the word for it. */
  refusal: readonly [status: number, word: string];
  /** The same for what is too long or too short to be one. */
  elseRefusal?: readonly [status: number, word: string];
  /** Why that is not 401. */
  because?: string;
  /** Of the install, while these are pasted. */
  settings?: Record<string, unknown>;
  paste: (secret: string) => Promise<Answer>;
};

let host: Host;
let owner: Person;
let ownKeyId: string;
let asker: Client;
let secrets: Record<SecretName, string>;

let nobody: Client;
/** Nothing is left of earlier calls but the connection. */
function stranger(): Client {
  nobody.cookies.clear();
  return nobody;
}
const form = (fields: Record<string, string>, headers: Record<string, string> = {}): Call => ({
  headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
  body: new URLSearchParams(fields).toString(),
});

const credentialsGrant = { grant_type: "client_credentials" };
const newPassword = "a lighthouse that nobody chose";

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString("base64")}`,
});

/** Five wrong codes of one person in a quarter of an hour are enough. */
let codes = 0;
async function countedCode(paste: () => Promise<Answer>): Promise<Answer> {
  codes += 1;
  if (codes % 4 === 0) await host.moveClock(15 * 60_000 + 1_000);
  return paste();
}

/** What a browser would send of a passkey, made up. */
const noPasskey = (challenge: string) => ({
  id: "AAAA",
  rawId: "AAAA",
  type: "public-key",
  response: {
    clientDataJSON: Buffer.from(JSON.stringify({ type: "webauthn.get", challenge })).toString("base64url"),
    authenticatorData: "AAAA",
    signature: "AAAA",
  },
});

/** In the owner's browser, without its session. */
function fillForm(csrfToken: string, password: string): Promise<Answer> {
  return sendForm({ csrfToken, email: owner.email, password });
}

/** Any step of the sign-in page. */
function sendForm(given: Record<string, string>): Promise<Answer> {
  const client = stranger();
  client.cookies.set("adyton.csrf", secrets["CSRF cookie"]);
  const fields = { csrfToken: secrets["CSRF token"], ...given };
  const call = form(fields, { "x-auth-return-redirect": "1" });
  return client.send("POST", "/api/auth/callback/credentials", call);
}

const proofs = ["registration secret", "proof of an address", "proof of a new address"] as const;
const anyToken = ["refresh token", "access token", "access token of a key"] as const;
const rfc6749 = "RFC 6749, 5.2: an invalid grant is 400";

const slots: Record<string, Slot> = {
  "the session cookie": {
    takes: ["session cookie"],
    refusal: [401, "auth.required"],
    paste: (secret) => stranger().get("/api/auth/me", { cookie: `adyton.session=${secret}` }),
  },
  "the session cookie on a page": {
    takes: ["session cookie"],
    refusal: [307, "/login?next=%2Fdashboard&ended=1"],
    because: "a browser is sent to sign in",
    paste: (secret) => stranger().get("/dashboard", { cookie: `adyton.session=${secret}` }),
  },
  "the session cookie, asking NextAuth": {
    takes: ["session cookie"],
    refusal: [200, "null"],
    because: "NextAuth says null for nobody",
    paste: (secret) => stranger().get("/api/auth/session", { cookie: `adyton.session=${secret}` }),
  },
  "Authorization: Bearer": {
    takes: ["access token", "access token of a key", "API key"],
    refusal: [401, "auth.invalid_token"],
    paste: (secret) => stranger().get("/api/auth/me", { authorization: `Bearer ${secret}` }),
  },
  "X-API-Key": {
    takes: ["API key"],
    refusal: [401, "auth.invalid_token"],
    paste: (secret) => stranger().get("/api/auth/me", { "x-api-key": secret }),
  },
  "the body of a refresh": {
    takes: ["refresh token"],
    refusal: [401, "auth.invalid_token"],
    paste: (refresh_token) => stranger().api("POST", "/api/auth/refresh", { refresh_token }),
  },
  "refresh_token at the token endpoint": {
    takes: ["refresh token"],
    refusal: [400, "invalid_grant"],
    because: rfc6749,
    paste: (refresh_token) =>
      stranger().send("POST", "/oauth/token", form({ grant_type: "refresh_token", refresh_token })),
  },
  "client_secret in the form": {
    takes: ["API key"],
    refusal: [401, "invalid_client"],
    paste: (client_secret) =>
      stranger().send(
        "POST",
        "/oauth/token",
        form({ ...credentialsGrant, client_id: ownKeyId, client_secret }),
      ),
  },
  "client_secret by Basic": {
    takes: ["API key"],
    refusal: [401, "invalid_client"],
    paste: (secret) =>
      stranger().send("POST", "/oauth/token", form(credentialsGrant, basic(ownKeyId, secret))),
  },
  "token to ask about": {
    takes: anyToken,
    refusal: [200, '{"active":false}'],
    because: "RFC 7662, 2.2: what is no token of ours is not active",
    paste: (token) => asker.send("POST", "/oauth/introspect", form({ token })),
  },
  "token to revoke": {
    takes: anyToken,
    refusal: [200, ""],
    because: "RFC 7009, 2.2: what is no token of ours is as good as revoked",
    paste: (token) => stranger().send("POST", "/oauth/revoke", form({ token })),
  },
  "key to report": {
    takes: ["API key"],
    refusal: [202, '{"status":"received"}'],
    because: "the answer is the same for everything, so that nobody can try keys out there",
    paste: (secret) => stranger().api("POST", "/api/v1/keys/report", { secret }),
  },
  "invitation to accept": {
    takes: ["invitation secret"],
    refusal: [401, "link.invalid"],
    paste: (token) => stranger().api("POST", "/api/auth/invitation/accept", { token, password: newPassword }),
  },
  "invitation to look at": {
    takes: ["invitation secret"],
    refusal: [401, "link.invalid"],
    paste: (token) => stranger().api("POST", "/api/auth/link/inspect", { purpose: "invitation", token }),
  },
  "reset link to use": {
    takes: ["reset secret"],
    refusal: [401, "link.invalid"],
    paste: (token) =>
      stranger().api("POST", "/api/auth/password/reset", { token, new_password: newPassword }),
  },
  "reset link to look at": {
    takes: ["reset secret"],
    refusal: [401, "link.invalid"],
    paste: (token) => stranger().api("POST", "/api/auth/link/inspect", { purpose: "password_reset", token }),
  },
  "password of the sign-in form": {
    takes: ["password"],
    refusal: [401, "auth.invalid_credentials"],
    paste: (password) => fillForm(secrets["CSRF token"], password),
  },
  "password of a program": {
    takes: ["password"],
    refusal: [401, "auth.invalid_credentials"],
    paste: (password) => stranger().api("POST", "/api/auth/login", { email: owner.email, password }),
  },
  "password that proves once more who one is": {
    takes: ["password"],
    refusal: [403, "auth.wrong_password"],
    because: "the session is good, only the proof is not",
    paste: (password) => owner.client.api("POST", "/api/auth/step-up", { password }),
  },
  "registration to finish": {
    takes: ["registration secret"],
    refusal: [401, "link.invalid"],
    paste: (token) => stranger().api("POST", "/api/auth/register/confirm", { token, password: newPassword }),
  },
  "address to prove": {
    takes: ["proof of an address", "proof of a new address"],
    refusal: [401, "link.invalid"],
    paste: (token) => stranger().api("POST", "/api/auth/email/verify", { token }),
  },
  "proof of an address to look at": {
    takes: proofs,
    refusal: [401, "link.invalid"],
    paste: (token) => stranger().api("POST", "/api/auth/link/inspect", { purpose: "verification", token }),
  },
  "sign-in that waits for a code": {
    takes: ["pending sign-in", "pending setup"],
    refusal: [401, "auth.sign_in_over"],
    elseRefusal: [401, "auth.invalid_credentials"],
    paste: (pending) => sendForm({ pending, code: "000000" }),
  },
  "sign-in that waits for a passkey": {
    takes: ["pending sign-in"],
    refusal: [401, "auth.sign_in_over"],
    elseRefusal: [422, "request.invalid"],
    because: "what is too long or too short for one is not looked up",
    paste: (pending) => stranger().api("POST", "/api/auth/mfa/challenge", { pending }),
  },
  "sign-in that waits for an app": {
    takes: ["pending setup"],
    refusal: [401, "auth.sign_in_over"],
    elseRefusal: [422, "request.invalid"],
    because: "what is too long or too short for one is not looked up",
    paste: (pending) => stranger().api("POST", "/api/auth/mfa/setup", { pending }),
  },
  "challenge that a passkey signed": {
    // Nor is the right one worth anything without a passkey.
    takes: [],
    refusal: [422, "passkey.refused"],
    because: "the answer of a device that does not fit",
    paste: (secret) => {
      const passkey = JSON.stringify(noPasskey(secret));
      return sendForm({ challenge_id: secrets["id of a passkey challenge"], passkey });
    },
  },
  "id of a passkey's challenge": {
    takes: [],
    refusal: [422, "passkey.refused"],
    elseRefusal: [401, "auth.invalid_credentials"],
    because: "the answer of a device that does not fit",
    paste: (challenge_id) => {
      const passkey = JSON.stringify(noPasskey(secrets["passkey challenge"]));
      return sendForm({ challenge_id, passkey });
    },
  },
  "state on the way back from a service": {
    takes: ["state of a service"],
    refusal: [302, "/login?error=auth.provider_failed"],
    because: "a person's browser comes back and is shown a page",
    paste: (state) => {
      const query = new URLSearchParams({ code: "made-up", state }).toString();
      const cookie = `adyton.github.state=${encodeURIComponent(secrets["cookie of a service's state"])}`;
      return stranger().get(`/api/auth/callback/github?${query}`, { cookie });
    },
  },
  "cookie on the way back from a service": {
    takes: ["cookie of a service's state"],
    refusal: [302, "/account/security?error=auth.provider_failed"],
    because: "a person's browser comes back and is shown a page",
    paste: (secret) => {
      const query = new URLSearchParams({ code: "made-up", state: secrets["state of a service"] }).toString();
      const cookie = `adyton.github.state=${encodeURIComponent(secret)}`;
      return stranger().get(`/api/auth/callback/github?${query}`, { cookie });
    },
  },
  "solution of a riddle": {
    takes: ["solved riddle"],
    refusal: [401, "auth.captcha_required"],
    settings: { captcha_after: 1 },
    paste: (captcha) =>
      stranger().api("POST", "/api/auth/login", { email: owner.email, password: secrets.password, captcha }),
  },
  "CSRF token of the sign-in form": {
    takes: ["CSRF token"],
    refusal: [403, "request.cross_site"],
    because: "the form is not ours; whose password it carries is not looked at",
    paste: (csrfToken) => fillForm(csrfToken, secrets.password),
  },
  // The last: it moves the clock.
  "code of the second step": {
    takes: ["recovery code"],
    refusal: [401, "auth.wrong_code"],
    elseRefusal: [422, "request.invalid"],
    because: "what is too long for a code is not looked at",
    paste: (otp) => {
      const { email, password } = people.careful;
      return countedCode(() => stranger().api("POST", "/api/auth/login", { email, password, otp }));
    },
  },
};

/** The code of a problem, the error of OAuth, where a redirect leads to, or all that was said. */
function wordOf({ code, headers, text }: Answer): string {
  if (code) return code;
  const error = /^\{"error":"(\w+)"/.exec(text)?.[1];
  if (error) return error;
  return headers.location?.replace(/^https?:\/\/[^/]+/, "") ?? text;
}

type Me = { actor: { kind: string }; user: { id: string } };

async function meWith(headers: Record<string, string>): Promise<string> {
  const answer = await stranger().get("/api/auth/me", headers);
  if (answer.status !== 200) return `${answer.status}`;
  const { actor, user } = answer.json<Me>();
  return `${actor.kind} of ${user.id}`;
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** What can be asked without using anything up. */
async function everythingLives(): Promise<void> {
  const { id } = owner;
  expect(await meWith({ cookie: `adyton.session=${secrets["session cookie"]}` })).toBe(`session of ${id}`);
  expect(await meWith(bearer(secrets["access token"]))).toBe(`token of ${id}`);
  expect(await meWith(bearer(secrets["access token of a key"]))).toBe(`key of ${id}`);
  expect(await meWith(bearer(secrets["API key"]))).toBe(`key of ${id}`);
  for (const name of anyToken) {
    const answer = await slots["token to ask about"]?.paste(secrets[name]);
    expect(answer?.json(), name).toMatchObject({ active: true, sub: id });
  }
  for (const [slot, name] of [
    ["invitation to look at", "invitation secret"],
    ["reset link to look at", "reset secret"],
    ...proofs.map((name) => ["proof of an address to look at", name] as const),
  ] as const)
    expect((await slots[slot]?.paste(secrets[name]))?.status, slot).toBe(200);
}

let admin: Client;
let people: CarePeople;
let invited: { id: string; email: string };
let forgetful: Person;
const keyBody = { name: "Made once", scopes: ["predict", "keys"] };
const idempotencyKey = "one key please, and no more than one";

async function introspected(token: string): Promise<{ jti: string }> {
  return (await asker.send("POST", "/oauth/introspect", form({ token }))).json<{ jti: string }>();
}

beforeAll(async () => {
  host = await startHost();
  nobody = host.client();
  admin = await signInAdmin(host);
  await admin.api("PATCH", "/api/v1/admin/settings", {
    password_reset_hours: 48,
    registration: "open",
    login_attempts_max: 100,
    captcha_after: 0,
  });
  // First, because asking everybody for a second factor, if for a moment, ends the sessions of those without one.
  const care = await makeCareSecrets(host, admin);
  people = care.people;
  owner = await createPerson(host, admin);
  forgetful = await createPerson(host, admin);
  const { token, ...invitee } = await invite(admin);
  invited = invitee;
  const reset = await admin.api("POST", `/api/v1/admin/users/${forgetful.id}/password`);
  const resetSecret = new URL(reset.json<{ url: string }>().url).hash.slice(1);
  const made = await owner.client.api("POST", "/api/v1/keys", keyBody, { "idempotency-key": idempotencyKey });
  const { key, secret } = made.json<{ key: { id: string }; secret: string }>();
  ownKeyId = key.id;
  const exchanged = await stranger().send(
    "POST",
    "/oauth/token",
    form(credentialsGrant, basic(key.id, secret)),
  );
  const ofKey = exchanged.json<{ access_token: string }>().access_token;
  for (const text of [resetSecret, secret, ofKey]) noteSecret(text);
  const { tokens } = await signInProgram(host, owner);
  asker = host.client();
  asker.fixedHeaders["x-api-key"] = (await createKey(owner.client)).secret;
  const { session } = (await owner.client.get("/api/auth/me")).json<{ session: { id: string } }>();
  const [header = ""] = tokens.access_token.split(".");
  const cookie = (name: string): string => owner.client.cookies.get(`adyton.${name}`) ?? "";
  secrets = {
    "session cookie": cookie("session"),
    "CSRF cookie": cookie("csrf"),
    "CSRF token": decodeURIComponent(cookie("csrf")).split("|")[0] ?? "",
    "device cookie": cookie("device"),
    "callback cookie": cookie("callback"),
    "invitation secret": token,
    "reset secret": resetSecret,
    "refresh token": tokens.refresh_token,
    "access token": tokens.access_token,
    "access token of a key": ofKey,
    "API key": secret,
    password: owner.password,
    "Idempotency-Key": idempotencyKey,
    "session id": session.id,
    "key id": key.id,
    "user id": owner.id,
    "id of the refresh token": (await introspected(tokens.refresh_token)).jti,
    "id of the access token": (await introspected(tokens.access_token)).jti,
    "id of the signing key": (JSON.parse(Buffer.from(header, "base64url").toString()) as { kid: string }).kid,
    ...care.secrets,
  };
});
afterAll(() => host?.stop());

test("every secret of the matrix is there, and no two are the same", () => {
  expect(Object.values(secrets).filter((secret) => secret.length < 8)).toEqual([]);
  expect(new Set(Object.values(secrets)).size).toBe(secretNames.length);
});

// Seen failing: with one digest for both kinds of links in lib/infra/secrets.ts, and with tokens taken from X-API-Key
// in lib/http/credentials.ts.
describe.each(Object.entries(slots))(
  "%s",
  (slotName, { takes, refusal, elseRefusal, because, settings, paste }) => {
    const others = secretNames.filter((name) => !takes.includes(name));

    beforeAll(async () => {
      if (!settings) return;
      expect((await admin.api("PATCH", "/api/v1/admin/settings", settings)).status).toBe(200);
    });
    afterAll(async () => {
      if (settings) await admin.api("PATCH", "/api/v1/admin/settings", { captcha_after: 0 });
    });

    test.each(others.map((name) => [name, slotName]))("%s in %s is refused", async (name) => {
      const answer = await paste(secrets[name as SecretName]);
      expect([refusal, elseRefusal]).toContainEqual([answer.status, wordOf(answer)]);
      expect(answer.headers["set-cookie"]?.join("; ") ?? "").not.toContain("adyton.session=ey");
      if (because === undefined) expect(answer.status).toBe(401);
    });

    test("and afterwards everything that was pasted there still works", everythingLives);
  },
);

// Seen failing: without comparing client id and key in clientOf(), without the asker in introspectToken(), and with one
// owner for everybody's kept answers in lib/http/route.ts.
describe("a secret of one person never acts for another", () => {
  let other: Person;
  let otherKey: { id: string; secret: string };
  beforeAll(async () => {
    admin = await signInAdmin(host);
    other = await createPerson(host, admin);
    otherKey = await createKey(other.client, { scopes: ["predict", "keys"] });
  });

  test.each<SecretName>(["access token", "access token of a key", "API key"])(
    "%s decides over the cookie of another beside it",
    async (name) => {
      const answer = await other.client.get("/api/auth/me", bearer(secrets[name]));
      expect(answer.json<Me>().user.id).toBe(owner.id);
    },
  );

  test("a key is no client secret for another's client id", async () => {
    for (const [id, secret] of [
      [otherKey.id, secrets["API key"]],
      [ownKeyId, otherKey.secret],
    ] as const) {
      const answer = await stranger().send("POST", "/oauth/token", form(credentialsGrant, basic(id, secret)));
      expect([answer.status, wordOf(answer)]).toEqual([401, "invalid_client"]);
    }
  });

  test("a password opens no other account", async () => {
    const { email } = other;
    const answer = await stranger().api("POST", "/api/auth/login", { email, password: secrets.password });
    expect([answer.status, wordOf(answer)]).toEqual([401, "auth.invalid_credentials"]);
  });

  test.each(anyToken)("%s is none of another's business, and they learn nothing of it", async (name) => {
    const answer = await stranger().send(
      "POST",
      "/oauth/introspect",
      form({ token: secrets[name] }, { "x-api-key": otherKey.secret }),
    );
    expect([answer.status, wordOf(answer)]).toEqual([200, '{"active":false}']);
  });

  test("an id opens nothing of another's", async () => {
    const answers = [
      await other.client.get(`/api/v1/keys/${secrets["key id"]}`),
      await other.client.api("DELETE", `/api/v1/keys/${secrets["key id"]}`),
      await other.client.api("DELETE", `/api/auth/sessions/${secrets["session id"]}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await other.client.get(`/api/v1/admin/users/${owner.id}`)).status).toBe(403);
  });

  test("an Idempotency-Key gives nobody the answer of another", async () => {
    const made = await other.client.api("POST", "/api/v1/keys", keyBody, {
      "idempotency-key": secrets["Idempotency-Key"],
    });
    const { key, secret } = made.json<{ key: { id: string }; secret: string }>();
    noteSecret(secret);
    expect(made.status).toBe(201);
    expect(key.id).not.toBe(ownKeyId);
    expect(await meWith({ "x-api-key": secret })).toBe(`key of ${other.id}`);
  });

  test("the next pair belongs to whom the refresh token was given, whoever shows it", async () => {
    const { tokens } = await signInProgram(host, owner);
    const answer = await other.client.api("POST", "/api/auth/refresh", {
      refresh_token: tokens.refresh_token,
    });
    const next = answer.json<{ access_token: string; refresh_token: string }>();
    for (const text of [next.access_token, next.refresh_token]) noteSecret(text);
    expect(await meWith(bearer(next.access_token))).toBe(`token of ${owner.id}`);
  });
});

describe("in its own place each secret still works, after all of that", () => {
  test("session cookie, access tokens, API key, and both links unused", everythingLives);

  test("CSRF cookie and token", async () => {
    const answer = await fillForm(secrets["CSRF token"], secrets.password);
    expect(answer.status).toBe(200);
    expect(await nobody.sessionEmail()).toBe(owner.email);
  });

  test("password", async () => {
    const answer = await slots["password of a program"]?.paste(secrets.password);
    const { user, ...tokens } = answer?.json<{
      user: { id: string };
      access_token: string;
      refresh_token: string;
    }>() ?? { user: { id: "" }, access_token: "", refresh_token: "" };
    for (const text of [tokens.access_token, tokens.refresh_token]) noteSecret(text);
    expect([answer?.status, user.id]).toEqual([200, owner.id]);
  });

  test("API key as client secret, in both ways", async () => {
    for (const slot of ["client_secret in the form", "client_secret by Basic"]) {
      const answer = await slots[slot]?.paste(secrets["API key"]);
      expect(answer?.status, slot).toBe(200);
      const token = answer?.json<{ access_token: string }>().access_token ?? "";
      noteSecret(token);
      expect(await meWith(bearer(token)), slot).toBe(`key of ${owner.id}`);
    }
  });

  test("Idempotency-Key", async () => {
    await owner.client.api("POST", "/api/auth/step-up", { password: secrets.password });
    const again = await owner.client.api("POST", "/api/v1/keys", keyBody, {
      "idempotency-key": secrets["Idempotency-Key"],
    });
    expect([again.status, again.json<{ secret: string }>().secret]).toEqual([201, secrets["API key"]]);
  });

  test("ids", async () => {
    expect((await owner.client.get(`/api/v1/keys/${secrets["key id"]}`)).status).toBe(200);
    expect((await admin.get(`/api/v1/admin/users/${secrets["user id"]}`)).status).toBe(200);
    expect((await owner.client.get("/api/auth/sessions")).text).toContain(secrets["session id"]);
    expect((await stranger().get("/.well-known/jwks.json")).text).toContain(secrets["id of the signing key"]);
    expect((await introspected(secrets["refresh token"])).jti).toBe(secrets["id of the refresh token"]);
  });

  test("refresh token, once", async () => {
    const answer = await slots["the body of a refresh"]?.paste(secrets["refresh token"]);
    const next = answer?.json<{ access_token: string; refresh_token: string }>();
    for (const text of [next?.access_token, next?.refresh_token]) noteSecret(text ?? "");
    expect([answer?.status, await meWith(bearer(next?.access_token ?? ""))]).toEqual([
      200,
      `token of ${owner.id}`,
    ]);
  });

  test("registration secret, and both proofs of addresses, once", async () => {
    for (const [slot, name, email] of [
      ["registration to finish", "registration secret", people.newcomer],
      ["address to prove", "proof of an address", people.prover.email],
      ["address to prove", "proof of a new address", people.moversNext],
    ] as const) {
      const answer = await slots[slot]?.paste(secrets[name]);
      expect(answer && [200, 201].includes(answer.status), slot).toBe(true);
      expect(answer?.text, slot).toContain(email);
      const again = await slots[slot]?.paste(secrets[name]);
      expect(again && [again.status, wordOf(again)], slot).toEqual([401, "link.invalid"]);
    }
    expect((await stranger().signIn(people.moversNext, people.mover.password)).status).toBe(200);
  });

  test("recovery code, and a sign-in that waits for one, once", async () => {
    await host.moveClock(15 * 60_000 + 1_000);
    const { careful } = people;
    const pending = await pendingOf(host, careful);
    const step = () => sendForm({ pending, code: secrets["recovery code"] });
    expect((await step()).status).toBe(200);
    expect(await nobody.sessionEmail()).toBe(careful.email);
    const again = await step();
    expect([again.status, wordOf(again)]).toEqual([401, "auth.sign_in_over"]);
    const spent = await slots["code of the second step"]?.paste(secrets["recovery code"]);
    expect(spent && [spent.status, wordOf(spent)]).toEqual([401, "auth.wrong_code"]);
  });

  test("solved riddle, once", async () => {
    admin = await signInAdmin(host);
    await admin.api("PATCH", "/api/v1/admin/settings", { captcha_after: 1 });
    await slots["password of a program"]?.paste("a wrong password");
    const captcha = await freshSolution(host);
    const first = await slots["solution of a riddle"]?.paste(captcha);
    expect(first?.status).toBe(200);
    await slots["password of a program"]?.paste("a wrong password");
    const again = await slots["solution of a riddle"]?.paste(captcha);
    expect(again && [again.status, wordOf(again)]).toEqual([401, "auth.captcha_required"]);
    await admin.api("PATCH", "/api/v1/admin/settings", { captcha_after: 0 });
  });

  test("invitation and reset secret, once, each for its own account", async () => {
    for (const [slot, name, email] of [
      ["invitation to accept", "invitation secret", invited.email],
      ["reset link to use", "reset secret", forgetful.email],
    ] as const) {
      expect((await slots[slot]?.paste(secrets[name]))?.status, slot).toBe(204);
      expect((await stranger().signIn(email, newPassword)).status, slot).toBe(200);
      const again = await slots[slot]?.paste(secrets[name]);
      expect(again && [again.status, wordOf(again)], slot).toEqual([401, "link.invalid"]);
    }
  });
});

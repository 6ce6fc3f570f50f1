import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Answer, Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import { startExpressSample } from "../support/express-sample";
import { signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

type Pair = { access_token: string; refresh_token: string };

async function login(host: Host): Promise<Pair> {
  const { email, password } = host.admin;
  const answer = await host.client().api("POST", "/api/auth/login", { email, password });
  if (answer.status !== 200) throw new Error(`No token: ${answer.status} ${answer.text}`);
  const pair = answer.json<Pair>();
  for (const secret of [pair.access_token, pair.refresh_token]) noteSecret(secret);
  return pair;
}

const hourMs = 3_600_000;
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (part = ""): Record<string, unknown> => JSON.parse(Buffer.from(part, "base64url").toString());

describe("docs/samples/express, which knows Adyton's public keys and nothing else", () => {
  let host: Host;
  let sample: Awaited<ReturnType<typeof startExpressSample>>;
  let admin: Client;
  let ask: (token: string) => Promise<Answer>;

  beforeAll(async () => {
    host = await startHost({ env: { ACCESS_TOKEN_TTL: "5m" } });
    sample = await startExpressSample(`http://localhost:${host.port}`);
    admin = await signInAdmin(host);
    const client = sample.client();
    ask = (token) => client.get("/hello", { authorization: `Bearer ${token}` });
  });
  afterAll(async () => {
    sample?.stop();
    await host?.stop();
  });

  const expectRefused = (answer: Answer) => {
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
  };

  test("lets in who shows our token, and learns who it is", async () => {
    const { access_token } = await login(host);
    const me = (await admin.get("/api/auth/me")).json<{ user: { id: string } }>().user.id;
    const answer = await ask(access_token);
    expect([answer.status, answer.json()]).toEqual([200, { user: me, role: "admin" }]);
  });

  test("refuses whoever shows none", async () => {
    const answer = await sample.client().get("/hello");
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="service"']);
  });

  test("refuses a token that was changed, or signed by nobody", async () => {
    const [header, claims, signature] = (await login(host)).access_token.split(".");
    const raised = encoded({ ...decoded(claims), sub: "usr_somebodyelse" });
    expectRefused(await ask(`${header}.${raised}.${signature}`));
    expectRefused(await ask(`${encoded({ ...decoded(header), alg: "none" })}.${raised}.`));
    expectRefused(await ask(`${header}.${claims}.${"A".repeat(signature?.length ?? 0)}`));
  });

  // Seen failing without `audience` and `issuer` in the sample.
  test("refuses a token that our own key signed for another address", async () => {
    const other = await startHost({ dataDir: host.dataDir, env: { BASE_URL: "http://localhost:9" } });
    onTestFinished(async () => void (await other.stop()));
    const { access_token } = await login(other);
    const kid = decoded((await login(host)).access_token.split(".")[0]).kid;
    expect(decoded(access_token.split(".")[0]).kid).toBe(kid);
    expectRefused(await ask(access_token));
  });

  test("refuses a token of another install that gives itself our address", async () => {
    const impostor = await startHost({ env: { BASE_URL: `http://localhost:${host.port}` } });
    onTestFinished(async () => void (await impostor.stop()));
    expectRefused(await ask((await login(impostor)).access_token));
  });

  test("refuses a token that has expired", async () => {
    await host.moveClock(-hourMs);
    const { access_token } = await login(host);
    await host.moveClock(hourMs);
    expect(Number(decoded(access_token.split(".")[1]).exp) * 1_000).toBeLessThan(Date.now());
    expectRefused(await ask(access_token));
  });

  test("refuses API keys and refresh tokens: they are for Adyton itself", async () => {
    const made = await admin.api("POST", "/api/v1/keys", { name: "A key", scopes: ["predict"] });
    const { secret } = made.json<{ secret: string }>();
    noteSecret(secret);
    expectRefused(await ask(secret));
    expectRefused(await ask((await login(host)).refresh_token));
  });

  test("follows a new signing key within seconds, and still takes tokens of the one before", async () => {
    const before = (await login(host)).access_token;
    expect((await admin.api("POST", "/api/v1/admin/signing-keys")).status).toBe(201);
    const after = (await login(host)).access_token;
    expect(decoded(after.split(".")[0]).kid).not.toBe(decoded(before.split(".")[0]).kid);
    await expect.poll(async () => (await ask(after)).status, { timeout: 10_000, interval: 250 }).toBe(200);
    expect((await ask(before)).status).toBe(200);
  });

  /** What docs/tokens.md says about the limits of keys alone. */
  test("cannot see that a session has ended, while Adyton does at once", async () => {
    const { access_token } = await login(host);
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await host.client().get("/api/v1/verify", headers)).status).toBe(200);
    expect((await host.client().send("POST", "/api/auth/logout", { headers })).status).toBe(204);
    expect((await host.client().get("/api/v1/verify", headers)).status).toBe(401);
    expect((await ask(access_token)).status).toBe(200);
  });
});

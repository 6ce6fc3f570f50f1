import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "../support/client";
import { noteSecret } from "../support/evidence";
import {
  createKey,
  createPerson,
  noteTokens,
  type Person,
  signInAdmin,
  signInProgram,
} from "../support/people";
import { type Host, startHost } from "../support/start-host";

// Seen failing, each test: with another token_type than Bearer, and with 202 instead of 200 for revoking, the
// libraries refuse to go on.

let host: Host;
let person: Person;
let issuer: URL;
beforeAll(async () => {
  host = await startHost();
  person = await createPerson(host, await signInAdmin(host));
  issuer = new URL(`http://localhost:${host.port}`);
});
afterAll(() => host?.stop());

const ownProgram = "adyton";
const isAlive = async (token: string): Promise<boolean> =>
  (await bearer(token).get("/api/auth/me")).status === 200;
const bearer = (token: string): Client => host.client().copy({ authorization: `Bearer ${token}` });

describe("openid-client, told nothing but our address,", () => {
  const discover = (clientId: string, authentication: openid.ClientAuth) =>
    openid.discovery(issuer, clientId, {}, authentication, {
      algorithm: "oauth2",
      execute: [openid.allowInsecureRequests],
    });

  test("refreshes, and each refresh token works once", async () => {
    const { tokens } = await signInProgram(host, person);
    const config = await discover(ownProgram, openid.None());
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token);
    noteTokens(next as never);
    expect(next).toMatchObject({ token_type: "bearer" });
    expect(next.expiresIn()).toBeGreaterThan(23 * 3_600);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    expect(await isAlive(next.access_token)).toBe(true);
    await host.moveClock(11_000);
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token)).rejects.toMatchObject({
      error: "invalid_grant",
    });
    expect(await isAlive(next.access_token)).toBe(false);
  });

  test("exchanges a key for a token, asks about it, and revokes it", async () => {
    const { id, secret } = await createKey(person.client, { scopes: ["predict", "models:read"] });
    for (const authentication of [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)]) {
      const config = await discover(id, authentication);
      const { access_token: token, scope } = await openid.clientCredentialsGrant(config, {
        scope: "predict",
      });
      noteSecret(token);
      expect(scope).toBe("predict");
      expect(await openid.tokenIntrospection(config, token)).toMatchObject({
        active: true,
        client_id: id,
        scope: "predict",
        sub: person.id,
      });
      expect(await isAlive(token)).toBe(true);
      await openid.tokenRevocation(config, token);
      expect(await openid.tokenIntrospection(config, token)).toEqual({ active: false });
      expect(await isAlive(token)).toBe(false);
      await openid.tokenRevocation(config, "a token of nobody");
    }
    expect((await host.client().get("/api/v1/verify", { "x-api-key": secret })).status).toBe(200);
  });

  test("revokes a refresh token, and with it everything of that sign-in", async () => {
    const { tokens } = await signInProgram(host, person);
    const config = await discover(ownProgram, openid.None());
    await openid.tokenRevocation(config, tokens.refresh_token, { token_type_hint: "refresh_token" });
    expect(await isAlive(tokens.access_token)).toBe(false);
    await expect(openid.refreshTokenGrant(config, tokens.refresh_token)).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });
});

describe("oauth4webapi, the stricter of the two,", () => {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const discover = async () =>
    oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { ...insecure, algorithm: "oauth2" }),
    );

  test("refreshes, verifies the token by the published keys as RFC 9068 says, and revokes it", async () => {
    const { tokens } = await signInProgram(host, person);
    const server = await discover();
    const client = { client_id: ownProgram };
    const answer = await oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      tokens.refresh_token,
      insecure,
    );
    const next = await oauth.processRefreshTokenResponse(server, client, answer);
    noteTokens(next as never);
    const shown = new Request("http://somewhere.example/", {
      headers: { authorization: `Bearer ${next.access_token}` },
    });
    const claims = await oauth.validateJwtAccessToken(server, shown, server.issuer, insecure);
    expect(claims).toMatchObject({ sub: person.id, client_id: ownProgram });
    const revoked = await oauth.revocationRequest(server, client, oauth.None(), next.access_token, insecure);
    await oauth.processRevocationResponse(revoked);
    expect(await isAlive(next.access_token)).toBe(false);
  });

  test("exchanges a key and asks about the token", async () => {
    const { id, secret } = await createKey(person.client);
    const server = await discover();
    const client = { client_id: id };
    const auth = oauth.ClientSecretBasic(secret);
    const answer = await oauth.clientCredentialsGrantRequest(server, client, auth, {}, insecure);
    const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, answer);
    noteSecret(token);
    const asked = await oauth.introspectionRequest(server, client, auth, token, insecure);
    expect(await oauth.processIntrospectionResponse(server, client, asked)).toMatchObject({ active: true });
  });
});

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import { randomBase62 } from "../core/ids";
import { rememberSecret } from "./leaks";

type Claims = JWTPayload & Record<string, unknown>;
type Begun = { redirectUri: string; nonce: string; challenge: string };

/** What an issuer says and does; a hostile one does some of it otherwise. */
export type Behaviour = {
  /** Who signs in there: in the ID token, and with the rest at the address for that. */
  person: { sub?: string | undefined; [claim: string]: unknown };
  userinfo: (person: Claims) => Claims;
  claims: (claims: Claims) => Claims;
  sign: (claims: Claims) => Promise<string>;
  /** Does it take a code twice, and any verifier? */
  isLax: boolean;
};

export type TestIssuer = {
  url: string;
  /** Anything left out is done properly. */
  behave: (given?: Partial<Behaviour>) => void;
  /** Goes where the browser was sent, signs in there at once, and answers the way back. */
  visit: (url: string) => Promise<URL>;
  signWith: (header: JWTHeaderParameters, claims: Claims, key?: Uint8Array) => Promise<string>;
  publicKey: () => Promise<Uint8Array>;
  stop: () => void;
};

export const testClient = { client_id: "adyton", client_secret: "a secret that only the two know" };

/** A small OpenID Connect service that can be told to lie. */
export async function startIssuer(): Promise<TestIssuer> {
  rememberSecret(testClient.client_secret);
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" };
  const codes = new Map<string, Begun>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;

  const signWith: TestIssuer["signWith"] = (header, claims, key) =>
    new SignJWT(claims).setProtectedHeader(header).sign(key ?? privateKey);
  const honest: Behaviour = {
    person: { sub: "somebody" },
    userinfo: (person) => person,
    claims: (claims) => claims,
    sign: (claims) => signWith({ alg: "RS256", kid: "one" }, claims),
    isLax: false,
  };
  let behaviour = honest;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? "/", url);
    const json = (value: unknown, status = 200) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (target.pathname === "/.well-known/openid-configuration") return json(description(url));
    if (target.pathname === "/jwks") return json({ keys: [jwk] });
    if (target.pathname === "/me") return json(behaviour.userinfo(behaviour.person));
    if (target.pathname === "/authorize") return authorize(target.searchParams, response);
    if (target.pathname === "/token") return token(request, json);
    return json({}, 404);
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomBase62(30);
    const back = new URL(query.get("redirect_uri") ?? "");
    codes.set(code, {
      redirectUri: back.href,
      nonce: query.get("nonce") ?? "",
      challenge: query.get("code_challenge") ?? "",
    });
    back.search = new URLSearchParams({ code, state: query.get("state") ?? "", iss: url }).toString();
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(request: IncomingMessage, json: (value: unknown, status?: number) => void) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const code = form.get("code") ?? "";
    const begun = codes.get(code);
    const verifier = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isFine = begun?.redirectUri === form.get("redirect_uri") && begun.challenge === verifier;
    if (!behaviour.isLax) codes.delete(code);
    if (!begun || !(isFine || behaviour.isLax)) return json({ error: "invalid_grant" }, 400);
    const seconds = Math.floor(Date.now() / 1000);
    const claims: Claims = {
      ...(behaviour.person.sub === undefined ? {} : { sub: behaviour.person.sub }),
      ...{ iss: url, aud: testClient.client_id, nonce: begun.nonce, iat: seconds, exp: seconds + 300 },
    };
    const idToken = await behaviour.sign(behaviour.claims(claims));
    json({ access_token: randomBase62(40), token_type: "Bearer", expires_in: 300, id_token: idToken });
  }

  return {
    url,
    behave: (given = {}) => {
      behaviour = { ...honest, ...given };
    },
    visit: async (where) => {
      const { headers } = await fetch(where, { redirect: "manual" });
      return new URL(headers.get("location") ?? "");
    },
    signWith,
    publicKey: async () => Buffer.from(JSON.stringify(jwk)),
    stop: () => void server.close().closeAllConnections(),
  };
}

const description = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  userinfo_endpoint: `${url}/me`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  // A hostile one says that it may sign in any way.
  id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
  code_challenge_methods_supported: ["S256"],
});

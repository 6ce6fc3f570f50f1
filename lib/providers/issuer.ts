import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { z } from "zod";
import { minuteMs, secondMs } from "../core/time";
import { now, nowMs } from "../infra/clock";
import { singleton } from "../infra/singleton";

const patienceMs = 10 * secondMs;
const answerBytesMax = 256 * 1024;
const keptMs = 10 * minuteMs;

/** Why a service cannot be used, in words for the administrator who entered it. */
export class IssuerFault extends Error {}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Without encryption anybody on the way could say who somebody is; inside the own machine there is no way. */
const isSafeUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  if (username !== "") return false;
  return protocol === "https:" || (protocol === "http:" && loopbackNames.includes(hostname));
};

/** Asks an address of another service: encrypted, within bounds, and nowhere else than it was sent. */
export async function askService(url: string, init: RequestInit = {}): Promise<Response> {
  if (!isSafeUrl(url)) throw new IssuerFault(`${url} is not an https address.`);
  const response = await fetch(url, {
    ...init,
    redirect: "manual",
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw new IssuerFault(`${new URL(url).host} cannot be reached.`, { cause });
  });
  const headers = { "content-type": response.headers.get("content-type") ?? "" };
  // A Response of these may not have a body; nobody reads one of a redirect.
  const hasBody = response.status >= 200 && response.status !== 204 && response.status !== 304;
  const text = await readWithin(response);
  return new Response(hasBody ? text : null, { status: response.status, headers });
}

async function readWithin(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw new IssuerFault("Its answer is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const endpoint = z.string().refine(isSafeUrl, "is not an https address");
const discoveryDocument = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
});

/** How we say who we are when we ask for the tokens; of those that a service takes, the first of these. */
const clientAuthentications = ["client_secret_basic", "client_secret_post"] as const;

export type Issuer = {
  document: z.output<typeof discoveryDocument>;
  clientAuthentication: (typeof clientAuthentications)[number];
  keys: ReturnType<typeof createRemoteJWKSet>;
};

export const discoveryUrlOf = (issuer: string): string =>
  `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

/** What a service says about itself, asked anew. Throws `IssuerFault` when it cannot be signed in through. */
export async function discoverIssuer(issuer: string): Promise<Issuer> {
  if (!isSafeUrl(issuer))
    throw new IssuerFault("It has to be an https address; http is for services on this machine only.");
  const response = await askService(discoveryUrlOf(issuer), { headers: { accept: "application/json" } });
  if (response.status !== 200)
    throw new IssuerFault(`${discoveryUrlOf(issuer)} answered ${response.status}, not a description.`);
  const parsed = discoveryDocument.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new IssuerFault(`Its description cannot be used: ${issue?.path.join(".")} ${issue?.message}.`);
  }
  const document = parsed.data;
  if (!URL.canParse(document.issuer) || new URL(document.issuer).href !== new URL(issuer).href)
    throw new IssuerFault(`It calls itself ${document.issuer}. Enter exactly that.`);
  const methods = document.token_endpoint_auth_methods_supported;
  const clientAuthentication = clientAuthentications.find((method) => methods.includes(method));
  if (!clientAuthentication)
    throw new IssuerFault("It takes none of the ways in which this app shows the client secret.");
  const keys = createRemoteJWKSet(new URL(document.jwks_uri), {
    [customFetch]: (url, { headers, method }) => askService(url, { headers, method }),
  });
  return { document, clientAuthentication, keys };
}

type Kept = { issuer: Promise<Issuer>; at: number };
const keptIssuers = () => singleton("provider-issuers", () => new Map<string, Kept>());

/** The same for a sign-in: asked every ten minutes, not for every person. */
export function knownIssuer(url: string): Promise<Issuer> {
  const kept = keptIssuers().get(url);
  if (kept && Math.abs(nowMs() - kept.at) < keptMs) return kept.issuer;
  const asked: Kept = { issuer: discoverIssuer(url), at: nowMs() };
  keptIssuers().set(url, asked);
  asked.issuer.catch(() => {
    if (keptIssuers().get(url) === asked) keptIssuers().delete(url);
  });
  return asked.issuer;
}

/** Signatures that need a key nobody but the service has. With HS256 its public key would do for a forger. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
const toleranceSeconds = 60;

/**
 * NextAuth compares issuer, audience, nonce and expiry, and trusts the connection for the rest. The signature and
 * the age are looked at here. Throws when the token is not what this service signed for us a moment ago.
 */
export async function checkIdToken(token: string, issuer: Issuer, clientId: string): Promise<void> {
  await jwtVerify(token, issuer.keys, {
    algorithms,
    issuer: issuer.document.issuer,
    audience: clientId,
    requiredClaims: ["sub", "exp", "iat"],
    clockTolerance: toleranceSeconds,
    // An issue time in the future is refused with it.
    maxTokenAge: "15m",
    currentDate: now(),
  });
}

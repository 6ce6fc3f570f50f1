import type { NextAuthConfig } from "next-auth";
import GitHub from "next-auth/providers/github";
import { cookieSecrets } from "../infra/secrets";
import { singleton } from "../infra/singleton";
import { issuerOf } from "../providers/domain";
import { type Identity, identityOfClaims, identityOfGitHub } from "../providers/identity";
import { askService, checkIdToken, discoveryUrlOf, type Issuer, knownIssuer } from "../providers/issuer";
import { clientSecretOf, type Provider } from "../providers/queries";
import { checkCookie, cookieOptions } from "./cookies";
import { sharedConfig } from "./next-auth-config";

type AuthProvider = NextAuthConfig["providers"][number];

/** Who the service says it is. */
export const identityOf = (provider: Provider, profile: unknown): Identity =>
  provider.kind === "github" ? identityOfGitHub(profile) : identityOfClaims(profile);

/** Late: it loads in Next's bundles only, and the list of all routes is read outside of them too. */
const nextAuth = () => import("next-auth");

type Handlers = Record<"GET" | "POST", (request: never) => Promise<Response>>;
type Listeners = Pick<NextAuthConfig, "callbacks" | "logger">;
type Kept = { handlers: Handlers; provider: Provider; issuer: Issuer | null; secrets: string };
const keptHandlers = () => singleton("provider-handlers", () => new Map<string, Kept>());

/**
 * NextAuth for one service alone, made anew when an administrator changed the service, when it says something else
 * about itself, or when our secrets were rotated.
 */
export async function handlersOf(provider: Provider, listeners: Listeners): Promise<Handlers> {
  const issuer = provider.kind === "github" ? null : await knownIssuer(issuerOf(provider));
  const secrets = cookieSecrets().join(" ");
  const kept = keptHandlers().get(provider.id);
  const isFresh = kept?.provider.updatedAt.getTime() === provider.updatedAt.getTime();
  if (kept && isFresh && kept.issuer === issuer && kept.secrets === secrets) return kept.handlers;
  const shared = sharedConfig();
  const { default: NextAuth, customFetch } = await nextAuth();
  const authProvider = issuer ? oidcOf(provider, issuer) : githubOf(provider);
  const ask = issuer ? fetchOf(provider, issuer) : askAny;
  const { handlers } = NextAuth({
    ...shared,
    cookies: { ...shared.cookies, ...checkCookiesOf(provider.id) },
    providers: [{ ...authProvider, [customFetch]: ask } as AuthProvider],
    ...listeners,
  });
  keptHandlers().set(provider.id, { handlers: handlers as Handlers, provider, issuer, secrets });
  return handlers as Handlers;
}

/** NextAuth wants a user; who it is, is decided in `provider-sign-in.ts`. */
const profileOf = (provider: Provider) => (profile: unknown) => {
  const { subject, email, name } = identityOf(provider, profile);
  return { id: subject, email, name };
};

const common = (provider: Provider) => ({
  id: provider.id,
  name: provider.title,
  clientId: provider.clientId,
  clientSecret: clientSecretOf(provider),
  profile: profileOf(provider),
});

function oidcOf(provider: Provider, issuer: Issuer): AuthProvider {
  const { document, clientAuthentication } = issuer;
  return {
    ...common(provider),
    type: "oidc",
    issuer: issuerOf(provider),
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    client: { token_endpoint_auth_method: clientAuthentication },
    // Many say the address and whether it is verified only there; the subject has to be the same.
    idToken: document.userinfo_endpoint === undefined,
  } as AuthProvider;
}

const urlOf = (input: URL | string | Request): string =>
  input instanceof Request ? input.url : String(input);

const askAny: typeof fetch = (input, init) => askService(urlOf(input), init);

/** All that NextAuth asks of the service: its description is known, and a token is believed when its signature is. */
function fetchOf(provider: Provider, issuer: Issuer): typeof fetch {
  const { document } = issuer;
  const discoveryUrl = new URL(discoveryUrlOf(issuerOf(provider))).href;
  return async (input, init) => {
    const url = urlOf(input);
    // NextAuth wants an address here even where it is never asked.
    if (url === discoveryUrl)
      return Response.json({ userinfo_endpoint: document.token_endpoint, ...document });
    const answer = await askService(url, init);
    if (url === new URL(document.token_endpoint).href && answer.status === 200) {
      const tokens = (await answer.clone().json()) as { id_token?: unknown };
      await checkIdToken(String(tokens.id_token), issuer, provider.clientId);
    }
    return answer;
  };
}

const githubApi = "https://api.github.com";

/** GitHub knows OAuth and no ID tokens, so no nonce: what it says comes over the connection to GitHub alone. */
const githubOf = (provider: Provider): AuthProvider =>
  ({
    ...GitHub({ ...common(provider), checks: ["pkce", "state"] }),
    userinfo: {
      url: `${githubApi}/user`,
      request: async ({ tokens }: { tokens: { access_token?: string } }) => {
        const headers = {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${tokens.access_token}`,
          "user-agent": "adyton",
        };
        const [user, emails] = await Promise.all(
          ["/user", "/user/emails"].map(async (path) => {
            const answer = await askService(githubApi + path, { headers });
            return answer.status === 200 ? ((await answer.json()) as unknown) : undefined;
          }),
        );
        return { ...(user as object | undefined), emails };
      },
    },
  }) as AuthProvider;

const checkCookiesOf = (id: string) => ({
  pkceCodeVerifier: { name: checkCookie(id, "verifier"), options: cookieOptions() },
  state: { name: checkCookie(id, "state"), options: cookieOptions() },
  nonce: { name: checkCookie(id, "nonce"), options: cookieOptions() },
});

/** A cookie for each check of each service: an answer of one finds nothing that was meant for another. */
export const checkCookieNames = (id: string): string[] =>
  Object.values(checkCookiesOf(id)).map(({ name }) => name);

import { minuteMs } from "../core/time";

export const providerKinds = ["github", "google", "oidc"] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** Where a service of these kinds always is. */
const issuers = { github: "https://github.com/login/oauth", google: "https://accounts.google.com" } as const;

export const issuerOf = (provider: { kind: string; issuer: string | null }): string =>
  provider.issuer ?? issuers[provider.kind as Exclude<ProviderKind, "oidc">];

/** One spelling per service, because it is compared with what the service says of itself. */
export const callbackUrlOf = (baseUrl: string, id: string): string => `${baseUrl}/api/auth/callback/${id}`;

/** How long somebody may take at the other service to connect it to their account. */
export const linkMs = 10 * minuteMs;

/** How long the cookies of a sign-in live: no state is worth anything after that. */
export const stateMs = 16 * minuteMs;

/** What an API key can be allowed to do, with the words for it. */
export const keyScopes = [
  "predict",
  "models:read",
  "usage:read",
  "tasks",
  "keys",
  "admin",
  "metrics",
] as const;
export type KeyScope = (typeof keyScopes)[number];

/**
 * `account` covers one's own account: profile, password, sessions. Tokens of people who signed in have it; no
 * API key can, so a leaked key never takes an account over.
 */
export const scopes = ["account", ...keyScopes] as const;
export type Scope = (typeof scopes)[number];

const adminScopes: readonly Scope[] = ["admin", "metrics"];
const memberScopes = scopes.filter((scope) => !adminScopes.includes(scope));

/** The most that somebody of a role can do, and can give to a key or token. */
export const scopesOfRole = (role: string): readonly Scope[] => (role === "admin" ? scopes : memberScopes);

/** Of what was given to a key or token, that which the role of its owner allows by now. */
export const scopesWithin = (role: string, given: readonly Scope[]): Scope[] =>
  given.filter((scope) => scopesOfRole(role).includes(scope));

/** As tokens and the database write them: separated by blanks. Unknown words are dropped. */
export const readScopes = (text: string): Scope[] =>
  scopes.filter((scope) => text.split(" ").includes(scope));

import { scopes as allScopes, type Scope } from "../core/scopes";
import { dayMs, minuteMs, secondMs } from "../core/time";
import { tokenHeader } from "./schema";

/** What people who signed in themselves are called among the clients; an API key is called by its id. */
export const ownClientId = "adyton";

/** Access tokens that this install could have signed are shorter than this. */
export const tokenLengthMax = 4096;

/** How long the answer to a refresh is given again: two requests of one program often race each other. */
export const graceMs = 10 * secondMs;

/** Longer than any access token may live, with room for clocks that differ. */
export const retiredKeyKeptMs = 7 * dayMs + minuteMs;

/** Three parts of base64url and two dots: worth a closer look. It proves nothing. */
export const looksLikeToken = (text: string): boolean =>
  text.length <= tokenLengthMax && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/** `art_` and 43 base62 characters: anything else needs no look-up. */
export const looksLikeRefreshToken = (text: string): boolean => /^art_[0-9A-Za-z]{43}$/.test(text);

/** The name of the key that a token says it was signed with; null when it cannot be one of ours. */
export function kidOf(token: string): string | null {
  const header = tokenHeader.safeParse(readPart(token.split(".", 1)[0] ?? ""));
  return header.success ? header.data.kid : null;
}

/**
 * The JSON in one part of a token; undefined unless it is spelled the one way we spell it. Base64url with stray
 * bits, blanks between members and doubled members would give one token many spellings.
 */
export function readPart(part: string): unknown {
  if (!isCanonical(part)) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(part, "base64url"));
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Does encoding what it decodes to give the same text again? */
export const isCanonical = (part: string): boolean =>
  Buffer.from(part, "base64url").toString("base64url") === part;

/**
 * What of `allowed` was asked for: all of it when nothing was said; null when something else was asked for, or
 * nothing would be left.
 */
export function narrowScopes(wanted: string | undefined, allowed: readonly Scope[]): Scope[] | null {
  if (wanted === undefined) return allowed.length > 0 ? [...allowed] : null;
  const words = wanted.split(" ").filter(Boolean);
  const isAllowed = words.every((word) => (allowed as readonly string[]).includes(word));
  return isAllowed && words.length > 0 ? allScopes.filter((scope) => words.includes(scope)) : null;
}

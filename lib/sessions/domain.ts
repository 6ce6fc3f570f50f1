/** A browser, a person's program, an API key exchanged for a token, or somebody the web server in front named. */
export const sessionKinds = ["browser", "api", "key", "proxy"] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** Why a session is over; shown to its owner and recorded. */
export type EndReason =
  | "signed_out"
  | "ended_by_owner"
  | "ended_by_admin"
  | "password_changed"
  | "factors_changed"
  | "second_factor_missing"
  | "role_changed"
  | "user_disabled"
  | "user_deleted"
  | "token_revoked"
  | "token_reused";

type Lifetimes = { kind: string; lastSeenAt: Date; expiresAt: Date; endedAt: Date | null };

/** A browser may be left open on a desk; behind a web server that signs people in there is one as well. */
const isInBrowser = (kind: string): boolean => kind === "browser" || kind === "proxy";

/**
 * A session lives until it is ended or until its absolute end; one in a browser also no longer than nobody used
 * it for `idleMs`.
 */
export const isLive = (session: Lifetimes, idleMs: number, now: Date): boolean =>
  session.endedAt === null &&
  session.expiresAt > now &&
  (!isInBrowser(session.kind) || session.lastSeenAt.getTime() + idleMs > now.getTime());

/** When the person behind it last proved who they are: at its beginning, or later when they were asked again. */
export const provenAtOf = (session: { provenAt: Date | null; createdAt: Date }): Date =>
  session.provenAt ?? session.createdAt;

type KeyState = { revokedAt: Date | null; frozenAt: Date | null; expiresAt: Date | null };

/** Does this API key open anything right now? A token that was given out for it lives no longer than this. */
export const isUsableKey = (key: KeyState, now: Date): boolean =>
  key.revokedAt === null && key.frozenAt === null && (key.expiresAt === null || key.expiresAt > now);

/** "Firefox on Windows": what its owner recognises a device by. */
export function deviceName(userAgent: string): string {
  const browser = firstMatch(userAgent, [
    ["Edg/", "Edge"],
    ["OPR/", "Opera"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
    ["curl/", "curl"],
    ["python", "Python"],
    ["node", "Node.js"],
  ]);
  const system = firstMatch(userAgent, [
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Android", "Android"],
    ["Windows", "Windows"],
    ["Mac OS X", "macOS"],
    ["CrOS", "ChromeOS"],
    ["Linux", "Linux"],
  ]);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? "Unknown device";
}

const firstMatch = (text: string, names: [needle: string, name: string][]): string | undefined =>
  names.find(([needle]) => text.includes(needle))?.[1];

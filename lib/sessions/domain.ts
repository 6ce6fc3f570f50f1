/** Why a session is over; shown to its owner and recorded. */
export type EndReason =
  | "signed_out"
  | "ended_by_owner"
  | "ended_by_admin"
  | "password_changed"
  | "role_changed"
  | "user_disabled"
  | "user_deleted";

type Lifetimes = { lastSeenAt: Date; expiresAt: Date; endedAt: Date | null };

/** A session lives until it is ended, until its absolute end, or until nobody used it for `idleMs`. */
export const isLive = (session: Lifetimes, idleMs: number, now: Date): boolean =>
  session.endedAt === null &&
  session.expiresAt > now &&
  session.lastSeenAt.getTime() + idleMs > now.getTime();

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

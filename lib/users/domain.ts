export const roles = ["member", "admin"] as const;
export type Role = (typeof roles)[number];

export const userStates = ["active", "invited", "disabled", "deleted"] as const;
export type UserState = (typeof userStates)[number];

type StateFields = {
  passwordHash: string | null;
  emailVerified: Date | null;
  disabledAt: Date | null;
  deletedAt: Date | null;
};

/**
 * Deleted wins over disabled, disabled over invited: what has to be undone first is said first. Somebody who came
 * through another service has no password, and an address that was verified there.
 */
export function userState(user: StateFields): UserState {
  if (user.deletedAt) return "deleted";
  if (user.disabledAt) return "disabled";
  return user.passwordHash === null && user.emailVerified === null ? "invited" : "active";
}

/** Can this person run the install right now? An invited one cannot sign in yet. */
export const isActiveAdmin = (user: StateFields & { role: string }): boolean =>
  user.role === "admin" && userState(user) === "active";

/** LIKE takes these for patterns, and only Postgres can escape them; the search knows them by private signs. */
const patternSigns: Record<string, string> = { "%": "\ue000", _: "\ue001", "\\": "\ue002" };
const searchable = (text: string): string =>
  text.toLowerCase().replace(/[%_\\]/g, (sign) => patternSigns[sign] ?? sign);

export const searchTextOf = (name: string, email: string): string => searchable(`${name} ${email}`);
export const searchWordsOf = (query: string): string[] => searchable(query).split(/\s+/).filter(Boolean);

export const passwordLengthMin = 8;
export const passwordLengthMax = 256;

/** What is wrong with the length of a password; null when nothing. Characters count, not bytes. */
export function passwordLengthFault(password: string): string | null {
  const length = [...password].length;
  if (length < passwordLengthMin) return `A password has at least ${passwordLengthMin} characters.`;
  if (length > passwordLengthMax) return `A password has at most ${passwordLengthMax} characters.`;
  return null;
}

import type { Settings } from "../settings/schema";

/** What a person has beside the password. Recovery codes only stand in for one of the others. */
export type Factors = { hasTotp: boolean; passkeys: number; recoveryCodesLeft: number; hasAny: boolean };

/** Does the install ask people of this role for a second factor? */
export const needsFactor = (
  user: { role: string },
  settings: Pick<Settings, "second_factor_admins" | "second_factor_members">,
): boolean => (user.role === "admin" ? settings.second_factor_admins : settings.second_factor_members);

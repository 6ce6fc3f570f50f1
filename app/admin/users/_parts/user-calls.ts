import { api } from "@/app/_client/api";
import type { UserState } from "@/lib/users/domain";

/** What the administration shows and changes of a user: a part of what the API answers. */
export type UserRow = {
  id: string;
  email: string;
  name: string;
  role: string;
  plan: string;
  state: UserState;
  created_at: string;
  last_seen_at: string | null;
};

/** Who an action is about. */
export type Person = Pick<UserRow, "id" | "email" | "name">;

export type OneTimeLink = { url: string; expires_at: string };

const path = (id: string, rest = ""): string => `/api/v1/admin/users/${encodeURIComponent(id)}${rest}`;

export const disableUser = (id: string) => api("PATCH", path(id), { disabled: true });
export const enableUser = (id: string) => api("PATCH", path(id), { disabled: false });
export const deleteUser = (id: string) => api("DELETE", path(id));
export const restoreUser = (id: string) => api("POST", path(id, "/restore"));
export const endSessionsOf = (id: string) => api("DELETE", path(id, "/sessions"));
export const resetFactorsOf = (id: string) => api("DELETE", path(id, "/factors"));
export const endSession = (id: string) => api("DELETE", `/api/auth/sessions/${encodeURIComponent(id)}`);
export const makeInvitation = (id: string, isMailed: boolean) =>
  api<OneTimeLink>("POST", path(id, "/invitation"), { send_mail: isMailed });
export const startPasswordReset = (id: string, isMailed: boolean) =>
  api<OneTimeLink>("POST", path(id, "/password"), { send_mail: isMailed });

export const updateUser = (id: string, change: { name?: string; role?: string; plan?: string }) =>
  api("PATCH", path(id), change);

type NewUser = { email: string; name: string; role: string; plan: string; send_mail: boolean };
export const createUser = (input: NewUser) =>
  api<{ user: UserRow; invitation: OneTimeLink }>("POST", "/api/v1/admin/users", input);

import type { z } from "zod";
import { api } from "@/app/_client/api";
import type { keyView, keyWithSecretView, overlaps } from "@/lib/keys/schema";

export type KeyRow = z.infer<typeof keyView>;
export type KeyWithSecret = z.infer<typeof keyWithSecretView>;
export type Overlap = (typeof overlaps)[number];

/** What a key may do, as the API takes it; null is no bound of its own. */
export type KeyBody = {
  name: string;
  scopes: string[];
  models: string[] | null;
  cidrs: string[] | null;
  expires_at: string | null;
  limits: Partial<KeyRow["limits"]>;
  on_unusual_use: string;
};

const path = (id: string, rest = ""): string => `/api/v1/keys/${encodeURIComponent(id)}${rest}`;

export const createKey = (body: KeyBody) => api<KeyWithSecret>("POST", "/api/v1/keys", body);
export const changeKey = (id: string, change: Partial<KeyBody>) => api<KeyRow>("PATCH", path(id), change);
export const revokeKey = (id: string) => api("DELETE", path(id));
export const rollKey = (id: string, overlap: Overlap) =>
  api<KeyWithSecret>("POST", path(id, "/roll"), { expires_old_in: overlap });

import type { z } from "zod";
import type { CallLimits } from "../core/actor";
import { type KeyScope, keyScopes } from "../core/scopes";
import { orNull } from "../core/time";
import { limitsView } from "../plans/view";
import { grantOf, keyState, readWords } from "./domain";
import type { adminKeyView as adminKeyShape, keyView as keyShape } from "./schema";

type Key = CallLimits & {
  id: string;
  name: string;
  prefix: string;
  last4: string;
  scopes: string;
  models: string | null;
  cidrs: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date;
  lastUsedAddress: string | null;
  revokedAt: Date | null;
  revokedReason: string | null;
  frozenAt: Date | null;
  frozenReason: string | null;
  onUnusualUse: string;
  slowedAt: Date | null;
  replacedById: string | null;
};

const keyScopesOf = (text: string): KeyScope[] =>
  keyScopes.filter((scope) => text.split(" ").includes(scope));

/** `now` is part of it: a key expires without anybody writing to its row. */
export const keyView = (key: Key, now: Date): z.infer<typeof keyShape> => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  last4: key.last4,
  scopes: keyScopesOf(key.scopes),
  models: readWords(key.models),
  cidrs: readWords(key.cidrs),
  limits: limitsView(key),
  state: keyState(key, now),
  created_at: key.createdAt.toISOString(),
  expires_at: orNull(key.expiresAt),
  last_used_at: orNull(key.lastUsedAt),
  last_used_address: key.lastUsedAddress,
  revoked_at: orNull(key.revokedAt),
  revoked_reason: key.revokedReason,
  frozen_at: orNull(key.frozenAt),
  frozen_reason: key.frozenReason,
  on_unusual_use: grantOf(key).onUnusualUse,
  slowed_at: orNull(key.slowedAt),
  replaced_by: key.replacedById,
});

type Owner = { id: string; email: string; name: string };

export const adminKeyView = (key: Key & { user: Owner }, now: Date): z.infer<typeof adminKeyShape> => ({
  ...keyView(key, now),
  owner: { id: key.user.id, email: key.user.email, name: key.user.name },
});

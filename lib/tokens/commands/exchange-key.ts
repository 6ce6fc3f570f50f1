import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { readScopes, type Scope, scopesWithin } from "../../core/scopes";
import { now } from "../../infra/clock";
import { env } from "../../infra/env";
import type { LiveKey } from "../../keys/queries";
import { startSession } from "../../sessions/commands";
import { signAccessToken } from "../access-tokens";
import { narrowScopes } from "../domain";
import { currentSigningKey } from "../signing-keys";

export type KeyGrant = { accessToken: string; accessExpiresAt: Date; scopes: Scope[] };

/** An access token for an API key: it may do at most what the key may, and dies with the key. */
export async function exchangeKey(actor: AnonymousActor, key: LiveKey, scope?: string): Promise<KeyGrant> {
  const allowed = scopesWithin(key.user.role, readScopes(key.scopes));
  const scopes = narrowScopes(scope, allowed);
  if (!scopes) throw new AppError("auth.scope_missing");
  const signingKey = await currentSigningKey();
  const restMs = key.expiresAt ? key.expiresAt.getTime() - now().getTime() : Number.POSITIVE_INFINITY;
  const lifetimeMs = Math.min(env().accessTokenMs, restMs);
  const session = await audited(actor, async (transaction, record) => {
    const started = await startSession(transaction, key.userId, actor.origin, {
      lifetimeMs,
      kind: "key",
      keyId: key.id,
    });
    record({
      action: "session.started",
      object: { type: "session", id: started.id, label: key.name },
      detail: { user_id: key.userId, key_id: key.id, kind: "key" },
    });
    return started;
  });
  const { user } = key;
  const { expiresAt } = session;
  const accessToken = await signAccessToken(
    { session, user, scopes, clientId: key.id, expiresAt },
    signingKey,
  );
  return { accessToken, accessExpiresAt: expiresAt, scopes };
}

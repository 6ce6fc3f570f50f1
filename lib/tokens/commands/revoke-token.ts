import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { endOneSession } from "../../sessions/commands";
import { deviceName, type EndReason } from "../../sessions/domain";
import { verifyAccessToken } from "../access-tokens";
import { findRefreshToken } from "../queries";
import { findVerificationKey } from "../signing-keys";

/**
 * Ends the session behind a token, and with it all of its tokens. Who holds a token may give it up, whoever it was
 * made for: that takes nothing from anybody else. One that is unknown or over already changes nothing.
 */
export async function revokeToken(actor: AnonymousActor, text: string): Promise<void> {
  const refresh = await findRefreshToken(text);
  const access = refresh ? null : await verifyAccessToken(text, findVerificationKey);
  const id = refresh?.sessionId ?? access?.sid;
  if (id === undefined) return;
  const reason: EndReason = "token_revoked";
  await audited(actor, async (transaction, record) => {
    const session = await endOneSession(transaction, id, reason);
    if (!session) return;
    record({
      action: "session.ended",
      object: { type: "session", id, label: deviceName(session.userAgent) },
      detail: { reason, user_id: session.userId },
    });
  });
}

import type { RecordEvent } from "../../audit/commands/audited";
import type { AuditAction } from "../../audit/domain";
import type { Transaction } from "../../infra/db/client";
import { queueMail } from "../../mail/commands/queue-mail";
import { endSessions } from "../../sessions/commands";
import type { FactorChange } from "../mails";

type Change = {
  user: { id: string; email: string };
  action: AuditAction;
  change: FactorChange;
  /** More for the log: which passkey it was. */
  detail?: Record<string, unknown>;
  /** The session that stays; the others began before the change and end with it. */
  sessionId?: string;
};

/** What every change of factors does besides: the log, the other sessions, a mail to the person. */
export async function noteChange(
  transaction: Transaction,
  record: RecordEvent,
  { user, action, change, detail, sessionId }: Change,
): Promise<void> {
  const ended = await endSessions(transaction, user.id, "factors_changed", sessionId);
  record({
    action,
    object: { type: "user", id: user.id, label: user.email },
    detail: { change, ...detail, sessions_ended: ended },
  });
  await queueMail(transaction, { kind: "factors_changed", userId: user.id, data: { change } });
}

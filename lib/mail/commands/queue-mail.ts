import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import type { Database } from "../../infra/db/client";
import { encrypt } from "../../infra/secrets";
import type { MailKind } from "../domain";

export type QueuedMail = {
  kind: MailKind;
  userId?: string;
  /** Where it goes when it is not where the user has it by then, or when there is no user. */
  address?: string;
  data?: Record<string, unknown>;
};

/**
 * Asks for a mail: one row and nothing else, the same for every address. The sender is not even woken: what it does
 * for an address that is known would then run beside the very answer that must not tell.
 */
export async function queueMail(database: Database, mail: QueuedMail): Promise<void> {
  const at = now();
  await database.mail.create({
    data: {
      id: newId("mal"),
      kind: mail.kind,
      userId: mail.userId ?? null,
      address: mail.address ?? null,
      dataSealed: encrypt("mail", JSON.stringify(mail.data ?? {})),
      state: "queued",
      nextAt: at,
      createdAt: at,
    },
  });
}

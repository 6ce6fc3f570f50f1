import { audited } from "../../audit/commands/audited";
import { type Actor, requireAdmin } from "../../core/actor";
import { decrypt } from "../../infra/secrets";
import { type AddressedMail, getMail } from "../queries";

export type ReadMail = AddressedMail & { recipients: string[]; text: string | null };

/**
 * One mail, with its text when it was kept. A kept text may hold the link with which somebody else chooses a
 * password. An administrator could start such a reset anyway, and that is recorded; so is this.
 */
export async function readMail(actor: Actor, id: string): Promise<ReadMail> {
  requireAdmin(actor);
  const mail = await getMail(actor, id);
  if (mail.textSealed === null) return { ...mail, recipients: [], text: null };
  const { to, text } = JSON.parse(decrypt("mail", mail.textSealed)) as { to: string[]; text: string };
  await audited(actor, async (_transaction, record) => {
    record({
      action: "mail.read",
      object: { type: "mail", id, label: mail.subject ?? mail.kind },
      detail: { kind: mail.kind, user_id: mail.userId },
    });
  });
  return { ...mail, recipients: to, text };
}

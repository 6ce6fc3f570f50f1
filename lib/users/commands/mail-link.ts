import { type Actor, actorName } from "../../core/actor";
import type { Transaction } from "../../infra/db/client";
import { env } from "../../infra/env";
import { queueMail } from "../../mail/commands/queue-mail";
import type { NewLink } from "../links";
import { linkView } from "../view";

/** The very link that the administrator sees goes to the person by mail as well. */
export const mailLink = (
  transaction: Transaction,
  kind: "invitation" | "password_reset",
  { actor, userId, link }: { actor: Actor; userId: string; link: NewLink },
): Promise<void> =>
  queueMail(transaction, {
    kind,
    userId,
    data: { ...linkView(link, env().baseUrl), inviter: actorName(actor) },
  });

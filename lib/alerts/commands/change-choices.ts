import type { PersonActor } from "../../core/actor";
import { db } from "../../infra/db/client";
import { alertChoices } from "../queries";
import type { AlertChoices, AlertChoicesView } from "../schema";

/** What one wants to hear of beside the app: one's own wish, which changes nothing about what anybody may do. */
export async function changeChoices(actor: PersonActor, choices: AlertChoices): Promise<AlertChoicesView> {
  const values = { byMail: choices.by_mail, muted: choices.muted.join(" ") };
  await db().alertChoice.upsert({
    where: { userId: actor.user.id },
    create: { userId: actor.user.id, ...values },
    update: values,
  });
  return alertChoices(actor);
}

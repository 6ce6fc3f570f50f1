import { alertMails } from "../alerts/mails";
import { factorMails } from "../factors/mails";
import type { Writers } from "../mail/domain";
import { providerMails } from "../providers/mails";
import { userMails } from "../users/mails/writers";

/** Every kind of mail and who writes it. Each feature writes its own: a line here is all it takes. */
export const mailWriters: Writers = { ...userMails, ...providerMails, ...factorMails, ...alertMails };

import { api } from "@/app/_client/api";
import type { MailTextView } from "@/lib/mail/schema";

const path = (id: string, rest = ""): string => `/api/v1/admin/mails/${encodeURIComponent(id)}${rest}`;

export const readMail = (id: string) => api<MailTextView>("GET", path(id));
export const sendMailAgain = (id: string) => api("POST", path(id, "/send"));

import { z } from "zod";
import { hourMs } from "../../core/time";
import { now } from "../../infra/clock";
import type { MailOrder, WrittenMail } from "../../mail/domain";
import { findMailAddress } from "../commands/make-mailed-link";
import type { MailText } from "./texts";

const shown = z.object({ url: z.string(), expires_at: z.string(), inviter: z.string() });

export const hasShownLink = ({ data }: MailOrder): boolean => shown.safeParse(data).success;

/** A link that an administrator made and was shown: the mail carries the very same. Nobody is sent a dead one. */
export async function writeShownLink(
  { userId, data }: MailOrder,
  textOf: (link: { url: string; hours: number; inviter: string }) => MailText,
): Promise<WrittenMail | null> {
  const { url, expires_at, inviter } = shown.parse(data);
  const leftMs = Date.parse(expires_at) - now().getTime();
  const address = userId && (await findMailAddress(userId));
  if (!address || leftMs <= 0) return null;
  const hours = Math.max(1, Math.round(leftMs / hourMs));
  return { to: [address], ...textOf({ url, hours, inviter }) };
}

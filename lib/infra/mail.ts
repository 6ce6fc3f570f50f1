import { isIP } from "node:net";
import { createTransport, type Transporter } from "nodemailer";
import { isInRanges } from "../core/address-range";
import { secondMs } from "../core/time";
import { env } from "./env";
import { singleton, takeSingleton } from "./singleton";

export type Mail = { to: readonly string[]; subject: string; text: string };

/** The mail server will not take it, however often it is asked. */
export class MailRefused extends Error {
  override name = "MailRefused";
}

const subjectMax = 200;
const homeRanges = ["10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7"];

/** A server of one's own beside the app: nothing of the internet lies between, so it may go without a certificate. */
const isAtHome = (host: string): boolean =>
  isIP(host) === 0 ? !host.includes(".") : isInRanges(host, homeRanges);

/** What an address of the settings means for the connection. */
export function transportOptions(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isEncrypted = url.protocol === "smtps:";
  const isFree = !isEncrypted && isAtHome(host);
  return {
    host,
    port: Number(url.port) || (isEncrypted ? 465 : 587),
    secure: isEncrypted,
    // Across the internet a mail and the password are encrypted, or it is not sent.
    requireTLS: !isEncrypted && !isFree,
    tls: { rejectUnauthorized: !isFree },
    ...(url.username === ""
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10 * secondMs,
    greetingTimeout: 10 * secondMs,
    socketTimeout: 20 * secondMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
}

export const canMail = (): boolean => env().smtpUrl !== undefined;

/** One line and nothing that could begin another header; nodemailer folds these too, but is not asked to. */
const isOneLine = (text: string): boolean => !/[\p{Cc}\u2028\u2029]/u.test(text);
const isAddress = (text: string): boolean => /^[^\s@,;:<>"()[\]\\]+@[^\s@,;:<>"()[\]\\]+$/.test(text);

/** The addresses that are some; throws when there is none, or when the subject would be more than that. */
export function assertSendable({ to, subject }: Mail): string[] {
  if (!isOneLine(subject) || subject.length > subjectMax)
    throw new MailRefused("the subject is no single line");
  const addresses = to.filter(isAddress);
  if (addresses.length === 0) throw new MailRefused("there is nobody to send it to");
  return addresses;
}

/** Sends one message to all of them. Throws `MailRefused` for good, anything else when it may be tried again. */
export async function sendMail(mail: Mail): Promise<void> {
  const { smtpUrl, mailFrom } = env();
  if (smtpUrl === undefined) throw new MailRefused("SMTP_URL is not set");
  const { subject, text } = mail;
  const addresses = assertSendable(mail);
  const transport = singleton("mail", (): Transporter => createTransport(transportOptions(smtpUrl)));
  try {
    await transport.sendMail({
      from: mailFrom,
      // Nobody needs to read who else was told.
      ...(addresses.length === 1 ? { to: listed(addresses) } : { bcc: listed(addresses) }),
      subject,
      text,
      headers: { "Auto-Submitted": "auto-generated" },
    });
  } catch (error) {
    throw isFinal(error)
      ? new MailRefused(`the mail server refused it (${codeOf(error)})`)
      : lastingError(error);
  }
}

/** As objects, so that no address is ever read as a list of several. */
const listed = (addresses: readonly string[]) => addresses.map((address) => ({ name: "", address }));

const codeOf = (error: unknown): string => {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return String(responseCode ?? code ?? "");
};

/** A 5xx to the message itself. That the password is wrong, or no TLS is there, is mended by the operator: later. */
function isFinal(error: unknown): boolean {
  const { responseCode = 0, code } = error as { responseCode?: number; code?: string };
  return responseCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
}

/** Without what the server said: it may quote the password. */
const lastingError = (error: unknown): Error =>
  new Error(`the mail server could not be used (${codeOf(error)})`);

export const closeMail = (): void => takeSingleton<Transporter>("mail")?.close();

import { type MailServer, startMailServer } from "../../lib/testing/mail";
import { test as base, expect } from "./browser-test";
import { noteSecret } from "./evidence";

export { expect } from "playwright/test";

/** Installs whose mails go to a real mail server on this machine. */
export const test = base.extend<object, { mailServer: MailServer }>({
  mailServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const server = await startMailServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  install: [
    async ({ mailServer }, use) => use({ name: "mail", env: { SMTP_URL: mailServer.url } }),
    { scope: "worker" },
  ],
});

/** As sent, without the breaks that a mail puts into long lines. */
const plain = (text: string): string => text.replaceAll(/=\r?\n/g, "").replaceAll("\r\n", "\n");

/** The text of the newest mail to an address with this subject; waits until the sender has been round. */
export async function mailTo(server: MailServer, email: string, subject: string): Promise<string> {
  const find = () =>
    server.mails.findLast(({ to, text }) => to.includes(email) && text.includes(`Subject: ${subject}\r\n`));
  await expect
    .poll(() => find() !== undefined, { message: `${subject} to ${email}`, timeout: 15_000 })
    .toBe(true);
  return plain(find()?.text ?? "");
}

/** The link that a mail asks to be opened. */
export async function linkTo(server: MailServer, email: string, subject: string): Promise<string> {
  const [link = "", secret = ""] = /http\S+#(\w{43})/.exec(await mailTo(server, email, subject)) ?? [];
  noteSecret(secret);
  return link;
}

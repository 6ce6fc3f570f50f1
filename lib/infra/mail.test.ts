import { afterEach, expect, test } from "vitest";
import { useSettings } from "../testing/environment";
import { type MailServer, smtpError, startMailServer } from "../testing/mail";
import { env } from "./env";
import { canMail, closeMail, MailRefused, sendMail, transportOptions } from "./mail";
import { takeSingleton } from "./singleton";

let server: MailServer | undefined;
afterEach(async () => {
  closeMail();
  await server?.stop();
  use(undefined);
});

function use(url: string | undefined): void {
  useSettings({ ...settings, SMTP_URL: url, MAIL_FROM: url && "Adyton <app@example.org>" });
  takeSingleton("env");
}
const settings = { DATA_DIR: env().dataDir, LOG_LEVEL: "silent" };

async function start(options?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  server = await startMailServer(options);
  use(server.url);
  return server;
}
const mail = { to: ["ana@example.org"], subject: "Your quota is used up", text: "Ärger.\n\nLook here." };

test("a mail arrives as it was written, and says that a machine wrote it", async () => {
  const { mails } = await start();
  expect(canMail()).toBe(true);
  await sendMail(mail);
  expect(mails).toMatchObject([{ from: "app@example.org", to: ["ana@example.org"] }]);
  expect(mails[0]?.text).toMatch(/^Subject: Your quota is used up\r$/m);
  expect(mails[0]?.text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(mails[0]?.text).toMatch(/^To: ana@example.org\r$/m);
});

test("one mail to several, none of whom reads who else got it", async () => {
  const { mails } = await start();
  await sendMail({ ...mail, to: ["ana@example.org", "ben@example.org"] });
  expect(mails.map(({ to }) => to)).toEqual([["ana@example.org", "ben@example.org"]]);
  expect(mails[0]?.text).not.toMatch(/ana@|ben@/);
});

// Seen failing: two of the subjects, without isOneLine. Without isAddress nodemailer refuses these receivers as well.
test.each([
  { subject: "Hello\r\nBcc: victim@example.org" },
  { subject: "Hello\nX-A: 1" },
  { subject: "x".repeat(201) },
  { to: ["ana@example.org\r\nRCPT TO:<victim@example.org>"] },
  { to: ["ana@example.org, victim@example.org"] },
  { to: ["Ana <ana@example.org>"] },
  { to: [] },
])("no header and no receiver can be smuggled in: %j", async (change) => {
  const { mails } = await start();
  await expect(sendMail({ ...mail, ...change })).rejects.toBeInstanceOf(MailRefused);
  expect(mails).toEqual([]);
});

test("what the server will never take is refused for good, everything else may be tried again", async () => {
  const own = await start();
  own.refuseWith(smtpError(550));
  await expect(sendMail(mail)).rejects.toBeInstanceOf(MailRefused);
  own.refuseWith(smtpError(451));
  await expect(sendMail(mail)).rejects.not.toBeInstanceOf(MailRefused);
  own.refuseWith(null);
  await sendMail(mail);
  expect(own.mails).toHaveLength(1);
  await own.stop();
  await expect(sendMail(mail)).rejects.toThrow(/could not be used/);
});

test("a wrong password is told without the password, and may be tried again", async () => {
  const own = await start({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => done(smtpError(535, `not ${auth.password}`)),
  });
  use(own.url.replace("smtp://", "smtp://ana:s3cret-password@"));
  const error = await sendMail(mail).catch((cause: Error) => cause);
  expect(error).not.toBeInstanceOf(MailRefused);
  expect(String(error)).toBe("Error: the mail server could not be used (535)");
});

test.each([
  ["smtp://mail.example.org", { port: 587, secure: false, requireTLS: true, isVerified: true }],
  ["smtp://93.184.216.34:25", { port: 25, secure: false, requireTLS: true, isVerified: true }],
  ["smtps://mail.example.org", { port: 465, secure: true, requireTLS: false, isVerified: true }],
  ["smtps://10.0.0.2", { port: 465, secure: true, requireTLS: false, isVerified: true }],
  ["smtp://localhost", { port: 587, secure: false, requireTLS: false, isVerified: false }],
  ["smtp://10.0.0.2:25", { port: 25, secure: false, requireTLS: false, isVerified: false }],
  ["smtp://[::1]:25", { port: 25, secure: false, requireTLS: false, isVerified: false }],
])("across the internet no mail goes unencrypted: %s", (url, { isVerified, ...expected }) => {
  const options = transportOptions(url);
  expect(options).toMatchObject({ ...expected, tls: { rejectUnauthorized: isVerified } });
});

test("a server that should be encrypted and is not gets nothing", async () => {
  const own = await start();
  use(own.url.replace("smtp://", "smtps://"));
  await expect(sendMail(mail)).rejects.toThrow(/could not be used/);
  expect(own.mails).toEqual([]);
});

test("without SMTP_URL nothing is sent", async () => {
  use(undefined);
  expect(canMail()).toBe(false);
  await expect(sendMail(mail)).rejects.toBeInstanceOf(MailRefused);
});

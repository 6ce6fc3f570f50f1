import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { dayMs, hourMs, minuteMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { closeMail } from "../infra/mail";
import { takeSingleton } from "../infra/singleton";
import { door } from "../testing/door";
import { makeAdmin, makeUser, signedIn } from "../testing/factories";
import { rememberSecret } from "../testing/leaks";
import { type MailServer, smtpError, startMailServer } from "../testing/mail";
import { inProcesses } from "../testing/processes";
import { type QueuedMail, queueMail } from "./commands/queue-mail";
import { readMail } from "./commands/read-mail";
import { removeOldMails } from "./commands/remove-old-mails";
import { sendAgain } from "./commands/send-again";
import { attemptsMax, type Writer } from "./domain";
import { sendDueMails } from "./sender";

const server: MailServer = await startMailServer();
function useServer(url: string | undefined): void {
  closeMail();
  if (url === undefined) delete process.env.SMTP_URL;
  else process.env.SMTP_URL = url;
  takeSingleton("env");
}
beforeEach(async () => {
  useServer(server.url);
  server.mails.length = 0;
  server.refuseWith(null);
  await db().mail.deleteMany();
});
afterEach(() => closeMail());
afterAll(() => server.stop());

const secret = "a-secret-that-only-the-mail-may-hold";
rememberSecret(secret);
let written = 0;
/** Like the real ones, it makes a new link each time. */
const write: Writer = async ({ address, data }) => {
  written += 1;
  return { to: [address ?? ""], subject: "Choose a new password", text: `${data.url}-${written}` };
};
const writers = { password_reset: write };
const send = () => sendDueMails(writers);

async function queue(given: Partial<QueuedMail> = {}): Promise<string> {
  await queueMail(db(), {
    kind: "password_reset",
    address: "ana@example.org",
    data: { url: secret },
    ...given,
  });
  const { id } = await db().mail.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  return id;
}
const rowOf = (id: string) => db().mail.findUniqueOrThrow({ where: { id } });
const adminActor = async () => (await signedIn(await makeAdmin())).actor;
const outbox = () => path.join(env().dataDir, "outbox");

test("a mail waits sealed, is sent once, and leaves nothing of itself behind but that it was sent", async () => {
  const id = await queue();
  expect(JSON.stringify(await rowOf(id))).not.toContain(secret);
  await send();
  await send();
  expect(server.mails).toMatchObject([{ to: ["ana@example.org"] }]);
  expect(server.mails[0]?.text).toContain(secret);
  expect(await rowOf(id)).toMatchObject({
    ...{ state: "sent", attempts: 1, subject: "Choose a new password", failure: null },
    ...{ dataSealed: null, textSealed: null },
  });
});

test("where there is nobody to tell, the mail is dropped without a word", async () => {
  const id = await queue();
  await sendDueMails({ password_reset: async () => null });
  expect(await rowOf(id)).toMatchObject({ state: "dropped", dataSealed: null });
  expect(server.mails).toEqual([]);
});

// Seen failing with a claim that asks for nothing but the state: 30 mails arrived 72 times.
test("however many processes send at once, each mail goes out once", async () => {
  for (let index = 0; index < 12; index += 1) await queue({ address: `person-${index}@example.org` });
  await inProcesses(3, {
    imports: `import { sendDueMails } from "./lib/mail/sender";`,
    lines: `await sendDueMails({ password_reset: async ({ address }) => ({ to: [address], subject: "Hello", text: "Hello" }) }); return null;`,
  });
  const receivers = server.mails.flatMap(({ to }) => to);
  expect(receivers.toSorted()).toEqual([...new Set(receivers)].toSorted());
  expect(receivers).toHaveLength(12);
  expect(await db().mail.count({ where: { state: "sent", attempts: 1 } })).toBe(12);
});

test("a mail whose sender is killed is sent by another one, once the lease has ended", async () => {
  const id = await queue();
  const killed = inProcesses(1, {
    imports: `import { sendDueMails } from "./lib/mail/sender";`,
    lines: `await sendDueMails({ password_reset: async () => { process.kill(process.pid, "SIGKILL"); await new Promise(() => {}); } });`,
  });
  await expect(killed).rejects.toThrow(/ended with null/);
  await send();
  expect([server.mails.length, (await rowOf(id)).state]).toEqual([0, "queued"]);
  moveClock(minuteMs);
  await send();
  expect([server.mails.length, (await rowOf(id)).attempts]).toEqual([1, 2]);
});

test("somebody who was held up for longer than the lease changes nothing any more", async () => {
  const id = await queue();
  const hold = door();
  const held = sendDueMails({
    password_reset: async () => {
      await hold.opened;
      throw new Error("too late");
    },
  });
  await expect.poll(async () => (await rowOf(id)).attempts).toBe(1);
  moveClock(minuteMs);
  await send();
  hold.open();
  await held;
  expect(await rowOf(id)).toMatchObject({ state: "sent", attempts: 2, failure: null });
});

test("while the mail server is away it is tried again, with a new text each time, and in the end given up", async () => {
  const id = await queue();
  server.refuseWith(smtpError(451));
  for (let attempts = 1; attempts < attemptsMax; attempts += 1) {
    await send();
    const row = await rowOf(id);
    expect(row).toMatchObject({
      state: "queued",
      attempts,
      failure: "The mail server could not be used (451).",
    });
    const pauseMs = row.nextAt.getTime() - now().getTime();
    if (pauseMs > hourMs) {
      moveClock(pauseMs - minuteMs);
      await send();
      expect((await rowOf(id)).attempts).toBe(attempts);
      moveClock(minuteMs);
    } else moveClock(pauseMs);
  }
  await send();
  expect(await rowOf(id)).toMatchObject({ state: "failed", attempts: attemptsMax });
  server.refuseWith(null);
  const before = written;
  await sendAgain(await adminActor(), id);
  await send();
  expect(server.mails[0]?.text).toContain(`${secret}-${before + 1}`);
});

test("what the server will never take has failed at once; a writer that throws is asked again", async () => {
  const id = await queue();
  server.refuseWith(smtpError(550));
  await send();
  expect(await rowOf(id)).toMatchObject({ state: "failed", failure: "The mail server refused it (550)." });
  const other = await queue();
  const broken: Writer = async () => {
    throw new Error(`no table ${"users"}`);
  };
  await sendDueMails({ password_reset: broken });
  expect(await rowOf(other)).toMatchObject({ state: "queued", failure: "Its text could not be written." });
});

// Seen failing with the check for a single line removed: in both cases.
test.each(["smtp", "outbox"])("no name in a subject adds a header or a receiver (%s)", async (way) => {
  useServer(way === "smtp" ? server.url : undefined);
  const id = await queue();
  const subject = "Hello Ana\r\nBcc: victim@example.org";
  await sendDueMails({ password_reset: async () => ({ to: ["ana@example.org"], subject, text: "Hello" }) });
  expect(await rowOf(id)).toMatchObject({ state: "failed", failure: "The subject is no single line." });
  expect(server.mails).toEqual([]);
  expect(existsSync(outbox()) ? readdirSync(outbox()) : []).toEqual([]);
});

test("without a mail server the text lies in the outbox, and sealed in the row until it can be sent", async () => {
  useServer(undefined);
  const id = await queue();
  await send();
  const kept = await rowOf(id);
  expect(kept).toMatchObject({ state: "kept", subject: "Choose a new password" });
  expect(JSON.stringify(kept)).not.toContain(secret);
  const [file = ""] = readdirSync(outbox());
  expect(readFileSync(path.join(outbox(), file), "utf8")).toContain(secret);

  const actor = await adminActor();
  expect(await readMail(actor, id)).toMatchObject({
    recipients: ["ana@example.org"],
    text: expect.stringContaining(secret),
  });
  expect(await db().auditEvent.count({ where: { action: "mail.read", objectId: id } })).toBe(1);
  await expect(readMail((await signedIn(await makeUser())).actor, id)).rejects.toMatchObject({
    code: "auth.forbidden",
  });

  useServer(server.url);
  await sendAgain(actor, id);
  await expect(sendAgain(actor, id)).rejects.toMatchObject({ code: "mail.not_waiting" });
  await send();
  expect(server.mails).toHaveLength(1);
  expect(await rowOf(id)).toMatchObject({ state: "sent", dataSealed: null, textSealed: null });
  expect(readdirSync(outbox())).toEqual([]);
  await expect(sendAgain(actor, id)).rejects.toMatchObject({ code: "mail.not_waiting" });
  expect((await readMail(actor, id)).text).toBeNull();
});

test("what is older than the setting says goes, but nothing that is still to be sent", async () => {
  useServer(undefined);
  await queue();
  await send();
  moveClock(30 * dayMs - hourMs);
  const waiting = await queue();
  await removeOldMails();
  expect([await db().mail.count(), readdirSync(outbox()).length]).toEqual([2, 1]);
  moveClock(2 * hourMs);
  await removeOldMails();
  expect([(await rowOf(waiting)).state, await db().mail.count()]).toEqual(["queued", 1]);
  expect(readdirSync(outbox())).toEqual([]);
  moveClock(60 * dayMs);
  await removeOldMails();
  expect(await db().mail.count()).toBe(1);
});

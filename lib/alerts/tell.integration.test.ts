import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { dayMs, minuteMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { closeMail } from "../infra/mail";
import { takeSingleton } from "../infra/singleton";
import { sendDueMails } from "../mail/sender";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "../testing/factories";
import { rememberSecret } from "../testing/leaks";
import { type MailServer, smtpError, startMailServer } from "../testing/mail";
import { allowHome } from "../testing/webhooks";
import { createWebhook } from "../webhooks/commands/create-webhook";
import { createWebhookBody } from "../webhooks/schema";
import { changeChoices } from "./commands/change-choices";
import { raiseAlert } from "./commands/raise-alert";
import { alertMails } from "./mails";
import { tellAlerts } from "./tell";

let server: MailServer;
let forbidHome = () => {};
beforeAll(async () => {
  forbidHome = allowHome();
  server = await startMailServer();
  Object.assign(process.env, { SMTP_URL: server.url, BASE_URL: "https://models.example.org" });
  takeSingleton("env");
});
afterAll(async () => {
  forbidHome();
  closeMail();
  await server.stop();
});
beforeEach(async () => {
  server.mails.length = 0;
  server.refuseWith(null);
  await db().alert.deleteMany();
  await db().mail.deleteMany();
  await db().webhookDelivery.deleteMany();
});

const raise = (userId: string | null, key: string) =>
  raiseAlert({
    ...{ key, userId, kind: "webhook.disabled", level: "warning" },
    facts: { url: "https://a.example/x", why: "It answered 410: it is gone." },
    object: { type: "webhook", id: "whk_1" },
  });

/** What the watch does, and the sender of mails beside it. */
async function tell(): Promise<void> {
  await tellAlerts();
  await sendDueMails(alertMails);
}

async function webhookOf(owner: SignedIn): Promise<string> {
  const made = await createWebhook(owner.actor, createWebhookBody.parse({ url: "http://127.0.0.1:1/" }));
  rememberSecret(made.secret);
  return made.webhook.id;
}
const deliveriesTo = (endpointId: string) => db().webhookDelivery.findMany({ where: { endpointId } });

test("one mail and one message for each webhook, however many tell at once and however often", async () => {
  const owner = await signedIn(await makeUser());
  const webhooks = [await webhookOf(owner), await webhookOf(owner)];
  await raise(owner.user.id, "once");
  await Promise.all([tell(), tell(), tell()]);
  await tell();
  expect(server.mails.map(({ to }) => to)).toEqual([[owner.user.email]]);
  const { text } = server.mails[0] ?? { text: "" };
  expect(text).toContain("Subject: A webhook was switched off");
  expect(text).toContain("https://models.example.org/account/notifications");
  for (const id of webhooks) {
    const [delivery, ...more] = await deliveriesTo(id);
    expect(more).toEqual([]);
    expect(JSON.parse(delivery?.body ?? "")).toMatchObject({
      type: "alert.raised",
      data: {
        kind: "webhook.disabled",
        title: "A webhook was switched off",
        url: "https://models.example.org/account/notifications",
        object: { type: "webhook", id: "whk_1" },
      },
    });
  }
});

test("while the mail server is away it is tried again; no webhook gets it twice; after a day it is no news", async () => {
  const owner = await signedIn(await makeUser());
  const webhook = await webhookOf(owner);
  await raise(owner.user.id, "away");
  server.refuseWith(smtpError(451));
  await tell();
  moveClock(minuteMs);
  await tell();
  expect([server.mails.length, (await deliveriesTo(webhook)).length]).toEqual([0, 1]);
  server.refuseWith(null);
  moveClock(2 * minuteMs);
  await tell();
  await tell();
  expect([server.mails.length, (await deliveriesTo(webhook)).length]).toEqual([1, 1]);
  server.refuseWith(smtpError(451));
  await raise(owner.user.id, "too old");
  await tell();
  moveClock(dayMs + 1_000);
  server.refuseWith(null);
  await tell();
  expect(server.mails).toHaveLength(1);
});

test("a mail that the server will never take is given up", async () => {
  const { id } = await makeUser();
  await raise(id, "refused");
  server.refuseWith(smtpError(550));
  await tell();
  server.refuseWith(null);
  await tell();
  expect(server.mails).toEqual([]);
});

test("who does not want mails or a kind gets none; the others do, and a disabled account never", async () => {
  const [quiet, muted, ordinary, disabled] = [
    await signedIn(await makeUser()),
    await signedIn(await makeUser()),
    await signedIn(await makeUser()),
    await makeUser({ disabledAt: now() }),
  ];
  await changeChoices(quiet.actor, { by_mail: false, muted: [] });
  await changeChoices(muted.actor, { by_mail: true, muted: ["webhook.disabled"] });
  const [quietHook, mutedHook] = [await webhookOf(quiet), await webhookOf(muted)];
  for (const { id } of [quiet.user, muted.user, ordinary.user, disabled]) await raise(id, `choice ${id}`);
  await tell();
  expect(server.mails.map(({ to }) => to)).toEqual([[ordinary.user.email]]);
  expect((await deliveriesTo(quietHook)).length).toBe(1);
  expect(await deliveriesTo(mutedHook)).toEqual([]);
});

test("what is for administrators goes to all of them in one mail, and to nobody else", async () => {
  const admins = [await makeAdmin(), await makeAdmin()];
  await makeAdmin({ deletedAt: now() });
  await makeUser();
  await raise(null, "for admins");
  await tell();
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]?.to.toSorted()).toEqual(
    expect.arrayContaining(admins.map(({ email }) => email).toSorted()),
  );
  const known = await db().user.count({ where: { role: "admin", disabledAt: null, deletedAt: null } });
  expect(server.mails[0]?.to).toHaveLength(known);
});

import { beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { hourMs } from "@/lib/core/time";
import { moveClock } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { mailWriters } from "@/lib/install/mail-writers";
import type { MailTextView, mailPageView } from "@/lib/mail/schema";
import { sendDueMails } from "@/lib/mail/sender";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api } from "@/lib/testing/request";

const users = "/api/v1/admin/users";
const mails = "/api/v1/admin/mails";

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin({ email: "boss@example.org" }));
});

type Link = { url: string };
async function makeLink(path: string, body?: object): Promise<string> {
  const answer = await api<Link & { invitation?: Link }>("POST", path, { as: admin, body });
  expect(answer.status).toBe(201);
  return (answer.body.invitation ?? answer.body).url;
}
const listed = async (query = "") =>
  (await api<z.infer<typeof mailPageView>>("GET", `${mails}${query}`, { as: admin })).body;
const read = (id: string) => api<MailTextView>("GET", `${mails}/${id}`, { as: admin });

test("the link that an administrator is shown is mailed when that is asked for, and only then", async () => {
  const [invited, active] = [await makeUser({ passwordHash: null }), await makeUser()];
  const quiet = { email: "quiet@example.org", name: "Quiet" };
  await makeLink(users, quiet);
  await makeLink(`${users}/${active.id}/password`);
  await makeLink(`${users}/${active.id}/password`, {});
  expect((await listed()).items).toEqual([]);
  const links = [
    await makeLink(users, { email: "new@example.org", name: "New", send_mail: true }),
    await makeLink(`${users}/${invited.id}/invitation`, { send_mail: true }),
    await makeLink(`${users}/${active.id}/password`, { send_mail: true }),
  ];
  expect((await listed("?state=queued")).items).toHaveLength(3);
  await sendDueMails(mailWriters);

  const first = await listed("?state=kept&limit=2");
  const rest = await listed(`?state=kept&limit=2&cursor=${first.next_cursor}`);
  const items = [...first.items, ...rest.items];
  expect(items.map(({ to, kind }) => [to, kind])).toEqual(
    expect.arrayContaining([
      ["new@example.org", "invitation"],
      [invited.email, "invitation"],
      [active.email, "password_reset"],
    ]),
  );
  expect(JSON.stringify(items)).not.toContain("#");
  const texts = await Promise.all(items.map(async ({ id }) => (await read(id)).body));
  for (const link of links) expect(texts.filter(({ text }) => text?.includes(link))).toHaveLength(1);
});

test("a dead link is sent to nobody, nor one to somebody whose account was disabled meanwhile", async () => {
  await db().mail.deleteMany();
  const [late, disabled] = [await makeUser(), await makeUser()];
  await makeLink(`${users}/${late.id}/password`, { send_mail: true });
  await makeLink(`${users}/${disabled.id}/password`, { send_mail: true });
  await db().user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
  moveClock(25 * hourMs);
  await sendDueMails(mailWriters);
  expect((await db().mail.findMany()).map(({ state }) => state)).toEqual(["dropped", "dropped"]);
});

// Seen failing without `sensitive` in the declaration.
test("reading a text and sending it again ask for a fresh proof, the list does not", async () => {
  await db().mail.deleteMany();
  const user = await makeUser();
  await makeLink(`${users}/${user.id}/password`, { send_mail: true });
  await sendDueMails(mailWriters);
  const [{ id = "" } = {}] = (await listed()).items;
  moveClock(hourMs / 2);
  expect((await listed()).items).toHaveLength(1);
  for (const call of [() => read(id), () => api("POST", `${mails}/${id}/send`, { as: admin })]) {
    const { status, body } = await call();
    expect([status, (body as { code?: string }).code]).toEqual([403, "auth.step_up_required"]);
  }
});

test("202: a kept one is queued again; 409 while it waits; 404 what never was", async () => {
  await db().mail.deleteMany();
  const user = await makeUser();
  await makeLink(`${users}/${user.id}/password`, { send_mail: true });
  await sendDueMails(mailWriters);
  const [{ id = "" } = {}] = (await listed()).items;
  const again = await api("POST", `${mails}/${id}/send`, { as: admin });
  expect([again.status, again.body]).toMatchObject([202, { state: "queued", attempts: 0 }]);
  expect((await api("POST", `${mails}/${id}/send`, { as: admin })).status).toBe(409);
  expect((await read("mal_none")).status).toBe(404);
  const event = await db().auditEvent.findFirst({ where: { objectId: id } });
  expect(event).toMatchObject({ action: "mail.sent_again", actorLabel: "boss@example.org" });
});

import { beforeEach, describe, expect, test } from "vitest";
import { minuteMs } from "@/lib/core/time";
import { moveClock, now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { digest, encrypt } from "@/lib/infra/secrets";
import { makeAdmin, makeKey, makeModel, makeUser, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { writeMails } from "@/lib/testing/mails";
import { api, type Call } from "@/lib/testing/request";
import { changeOwnName } from "@/lib/users/commands/change-own";
import { updateUser } from "@/lib/users/commands/update-user";
import { createLink } from "@/lib/users/links";

beforeEach(async () => {
  await db().mail.deleteMany();
});

describe("deleting one's own account", () => {
  test("ends every session and key at once, keeps the row, and is told by mail", async () => {
    const user = await makeUser();
    const [as, other] = [await signedIn(user), await signedIn(user)];
    const { headers } = await makeKey(user);
    expect((await api("GET", "/api/auth/me", { headers })).status).toBe(200);
    expect((await api("DELETE", "/api/auth/me", { as })).status).toBe(204);
    for (const call of [{ as }, { as: other }, { headers }] satisfies Call[])
      expect((await api("GET", "/api/auth/me", call)).status).toBe(401);
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).deletedAt).not.toBeNull();
    const [mail] = await writeMails();
    expect(mail).toMatchObject({ to: [user.email], subject: "Your account was deleted" });
    const event = await db().auditEvent.findFirstOrThrow({
      where: { action: "user.deleted", objectId: user.id },
    });
    expect(event.actorId).toBe(user.id);
  });

  test("is refused to the last administrator, to keys, and without a fresh proof", async () => {
    await db().user.updateMany({ data: { role: "member" } });
    const admin = await signedIn(await makeAdmin());
    const last = await api("DELETE", "/api/auth/me", { as: admin });
    expect([last.status, last.body.code]).toEqual([409, "user.last_admin"]);
    const user = await makeUser();
    const { headers } = await makeKey(user);
    expect((await api("DELETE", "/api/auth/me", { headers })).status).toBe(403);
    const as = await signedIn(user);
    moveClock(16 * minuteMs);
    expect((await api("DELETE", "/api/auth/me", { as })).body.code).toBe("auth.step_up_required");
    expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).deletedAt).toBeNull();
  });
});

type Items = Record<string, unknown>[];
type Lists =
  | "sessions"
  | "keys"
  | "usage_by_day"
  | "mails"
  | "one_time_links"
  | "refused_requests"
  | "events";
type Export = Record<Lists, Items> & {
  profile: object;
  second_factors: { authenticator_app: object | null };
};

describe("everything held about oneself", () => {
  test("is one JSON document with something from everywhere, and nothing of anybody else", async () => {
    const user = await makeUser();
    const [as, stranger] = [await signedIn(user), await signedIn(await makeUser({ name: "A Stranger" }))];
    const admin = await signedIn(await makeAdmin());
    const model = await makeModel();
    const { key } = await makeKey(user);
    await makeKey(stranger.user, { name: "Not theirs" });
    await changeOwnName(as.actor, "Chosen Name");
    await updateUser(admin.actor, user.id, { name: "Given Name" });
    const row = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
    for (const caller of [as, stranger])
      await api("POST", "/api/v1/predictions", { as: caller, body: { model: model.name, input: row } });
    await api("POST", "/api/auth/email/proof", { as });
    await writeMails();
    await db().totp.create({
      data: {
        userId: user.id,
        secretSealed: encrypt("totp", "a sealed secret"),
        createdAt: now(),
        confirmedAt: now(),
      },
    });

    const answer = await api<Export>("GET", "/api/auth/me/export", { as });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="adyton-my-data.json"');
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { body, text } = answer;
    expect(body.profile).toMatchObject({ id: user.id, email: user.email, name: "Given Name" });
    expect(body.sessions).toHaveLength(1);
    expect(body.keys).toMatchObject([{ id: key.id, name: key.name }]);
    expect(body.usage_by_day).toMatchObject([{ model: model.name, calls: 1 }]);
    expect(body.mails).toMatchObject([{ kind: "email_proof" }]);
    expect(body.one_time_links).toMatchObject([{ purpose: "email_proof", sent_to: user.email }]);
    expect(body.second_factors.authenticator_app).not.toBeNull();
    const { events } = body;
    const changes = events.filter(({ action }) => action === "user.updated");
    expect(changes.map(({ by, address }) => [by, address !== null])).toEqual([
      ["you", true],
      ["somebody else", false],
    ]);
    expect(events.at(-1)).toMatchObject({ action: "user.exported", by: "you" });
    for (const foreign of [stranger.user.id, stranger.user.email, "Not theirs", admin.user.email])
      expect(text).not.toContain(foreign);
  });

  test("holds no secret and nothing that is stored of one", async () => {
    const user = await makeUser();
    const as = await signedIn(user);
    const { secret, key } = await makeKey(user);
    const link = await createLink(db(), user.id, "email_proof", 1, user.email);
    rememberSecret(link.secret);
    const sealed = encrypt("totp", "a sealed secret");
    await db().totp.create({ data: { userId: user.id, secretSealed: sealed, createdAt: now() } });
    const { text } = await api("GET", "/api/auth/me/export", { as });
    expect(text).toContain(key.id);
    for (const hidden of [
      user.passwordHash,
      secret,
      key.digest,
      link.secret,
      digest("email_proof", link.secret),
      sealed,
      as.cookie,
    ])
      expect(text).not.toContain(hidden);
    expect(text).not.toMatch(/\$2[aby]\$|digest|hash"|sealed/i);
  });

  test("comes whole when there is more of it than is read at once, and is for people only", async () => {
    const user = await makeUser();
    const as = await signedIn(user);
    const { headers } = await makeKey(user);
    const at = now();
    await db().refusal.createMany({
      data: Array.from({ length: 450 }, (_, number) => ({
        id: `rfs_${user.id}_${String(number).padStart(3, "0")}`,
        requestId: `req_${number}`,
        at,
        userId: user.id,
        address: "192.0.2.1",
        method: "GET",
        path: "/api/v1/models",
        status: 403,
        code: "auth.forbidden",
        detail: "No.",
        facts: "{}",
      })),
    });
    const { body } = await api<Export>("GET", "/api/auth/me/export", { as });
    const ids = body.refused_requests.map(({ request_id }) => request_id);
    expect(new Set(ids).size).toBe(450);
    expect((await api("GET", "/api/auth/me/export", { headers })).status).toBe(403);
  });
});

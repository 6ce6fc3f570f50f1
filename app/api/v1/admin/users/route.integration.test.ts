import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { pageOf } from "@/lib/core/page";
import { now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { withBrokenAudit } from "@/lib/testing/audit-table";
import { Browser } from "@/lib/testing/browser";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api, secretOf } from "@/lib/testing/request";
import type { userView, userWithInvitationView } from "@/lib/users/schema";

type Created = z.infer<typeof userWithInvitationView>;
type Users = z.infer<ReturnType<typeof pageOf<typeof userView>>>;

const list = "/api/v1/admin/users";

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin({ name: "Boss" }));
});

let count = 0;
const freshEmail = () => {
  count += 1;
  return `person${count}@example.org`;
};
const as = () => ({ as: admin });
const lastEvent = async (objectId: string) =>
  db().auditEvent.findFirst({ where: { objectId }, orderBy: { position: "desc" } });
const create = (body: object, key?: string) =>
  api<Created>("POST", list, { ...as(), body, ...(key ? { headers: { "idempotency-key": key } } : {}) });

describe("POST /users", () => {
  test("201: the account, invited, and its link, whose secret is behind the #", async () => {
    const email = freshEmail();
    const answer = await create({
      email: ` ${email.toUpperCase()} `,
      name: "Ana",
      role: "member",
      plan: "paid",
    });
    expect(answer.status).toBe(201);
    expect(answer.body.user).toMatchObject({
      email,
      name: "Ana",
      role: "member",
      plan: "paid",
      state: "invited",
      last_seen_at: null,
    });
    expect(answer.body.invitation.url).toMatch(/^http:\/\/localhost:3000\/invite#[0-9A-Za-z]{43}$/);
    expect(Object.keys(answer.body.user).sort()).toEqual([
      "created_at",
      "deleted_at",
      "disabled_at",
      "email",
      "id",
      "last_seen_at",
      "name",
      "plan",
      "role",
      "state",
      "updated_at",
    ]);
    expect(await lastEvent(answer.body.user.id)).toMatchObject({
      action: "user.created",
      actorId: admin.user.id,
      objectLabel: email,
    });
  });

  test("the link leads through to a first sign-in", async () => {
    const email = freshEmail();
    const { body } = await create({ email, name: "Ana" });
    const token = secretOf(body.invitation);
    const chosen = "violet Kettle 9 on the roof";
    rememberSecret(chosen);
    const seen = await api<{ email: string }>("POST", "/api/auth/link/inspect", {
      body: { purpose: "invitation", token },
    });
    expect(seen).toMatchObject({ status: 200, body: { email, name: "Ana" } });
    expect((await new Browser().signIn(email, chosen)).status).toBe(401);
    const accepted = await api("POST", "/api/auth/invitation/accept", { body: { token, password: chosen } });
    expect([accepted.status, accepted.text]).toEqual([204, ""]);
    expect((await new Browser().signIn(email, chosen)).status).toBe(200);
    expect(
      (await api("POST", "/api/auth/link/inspect", { body: { purpose: "invitation", token } })).body.code,
    ).toBe("link.invalid");
  });

  test.each<[string, object, string]>([
    ["no e-mail", { name: "Ana" }, "/email"],
    ["no address", { email: "ana", name: "Ana" }, "/email"],
    ["an empty name", { email: "a@x.org", name: "  " }, "/name"],
    ["a role of no list", { email: "a@x.org", name: "Ana", role: "owner" }, "/role"],
    ["a plan that is not there", { email: "a@x.org", name: "Ana", plan: "gold" }, "/plan"],
    ["an object as e-mail", { email: { contains: "@" }, name: "Ana" }, "/email"],
    ["a password of the admin's choice", { email: "a@x.org", name: "Ana", password: "x" }, "/password"],
    ["an id of the caller's choice", { email: "a@x.org", name: "Ana", id: "usr_1" }, "/id"],
  ])("422: %s", async (_name, body, pointer) => {
    const answer = await api("POST", list, { ...as(), body });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test("409: an address that is taken, in any spelling, also by a deleted account", async () => {
    const taken = await makeUser({ email: "taken@example.org" });
    for (const email of ["taken@example.org", " TAKEN@Example.org "])
      expect(await api("POST", list, { ...as(), body: { email, name: "Ana" } })).toMatchObject({
        status: 409,
        body: { code: "user.email_taken" },
      });
    await db().user.update({ where: { id: taken.id }, data: { deletedAt: now() } });
    expect(
      await api("POST", list, { ...as(), body: { email: "taken@example.org", name: "Ana" } }),
    ).toMatchObject({
      status: 409,
      body: { code: "user.email_taken_by_deleted" },
    });
  });

  test("of 20 at once with one address, one is made", async () => {
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({ email, name: "Ana" })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  });

  test("the same Idempotency-Key twice makes one account and shows the same link", async () => {
    const body = { email: freshEmail(), name: "Ana" };
    const [first, second] = [await create(body, "key-1"), await create(body, "key-1")];
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect((await create({ ...body, name: "Bo" }, "key-1")).status).toBe(422);
  });

  test("503 audit.unavailable, and nothing made, when it cannot be recorded", async () => {
    const email = freshEmail();
    const answer = await withBrokenAudit(() => api("POST", list, { ...as(), body: { email, name: "Ana" } }));
    expect(answer).toMatchObject({ status: 503, body: { code: "audit.unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("30");
    expect(await db().user.count({ where: { email } })).toBe(0);
  });
});

describe("GET /users", () => {
  test("200: pages with an opaque cursor, and the search of the query", async () => {
    for (let index = 0; index < 5; index += 1) await makeUser({ name: `Pagée ${index}` });
    const first = await api<Users>("GET", `${list}?q=pag%C3%A9e&limit=2&sort=name&order=asc`, as());
    expect(first.body.items.map(({ name }) => name)).toEqual(["Pagée 0", "Pagée 1"]);
    const second = await api<Users>(
      "GET",
      `${list}?q=pag%C3%A9e&limit=2&sort=name&order=asc&cursor=${first.body.next_cursor}`,
      as(),
    );
    expect(second.body.items.map(({ name }) => name)).toEqual(["Pagée 2", "Pagée 3"]);
    const third = await api<Users>(
      "GET",
      `${list}?q=pag%C3%A9e&limit=2&sort=name&order=asc&cursor=${second.body.next_cursor}`,
      as(),
    );
    expect([third.body.items.length, third.body.next_cursor]).toEqual([1, null]);
  });

  test.each([
    "limit=0",
    "limit=101",
    "limit=x",
    "limit=1.5",
    "cursor=garbage",
    "sort=password_hash",
    "order=up",
    "state=gone",
    "role=owner",
    "unknown=1",
    "q=a&q=b",
    "limit=1&limit=2",
  ])("422: ?%s", async (query) => expect((await api("GET", `${list}?${query}`, as())).status).toBe(422));
});

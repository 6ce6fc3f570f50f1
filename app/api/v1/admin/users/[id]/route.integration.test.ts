import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { authenticate } from "@/lib/http/authenticate";
import { now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api } from "@/lib/testing/request";
import type { userView } from "@/lib/users/schema";

type User = z.infer<typeof userView>;

const list = "/api/v1/admin/users";
const nobody = `${list}/usr_doesnotexist000000`;

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin({ name: "Boss" }));
});
const as = () => ({ as: admin });
const isIn = async ({ cookie }: { cookie: string }) =>
  (await authenticate(new Headers({ cookie }))).kind === "session";
const lastEvent = async (objectId: string) =>
  db().auditEvent.findFirst({ where: { objectId }, orderBy: { position: "desc" } });

describe("GET /users/{id}", () => {
  test("200, and 404 for an id that nobody has or could have", async () => {
    const user = await makeUser();
    expect(await api<User>("GET", `${list}/${user.id}`, as())).toMatchObject({
      status: 200,
      body: { id: user.id, state: "active" },
    });
    for (const id of ["usr_x", "%00", "..%2f..", "x".repeat(300), "%27%20OR%201=1--"])
      expect((await api("GET", `${list}/${id}`, as())).status).toBe(404);
  });
});

describe("PATCH /users/{id}", () => {
  const patch = (id: string, body: unknown) => api<User>("PATCH", `${list}/${id}`, { ...as(), body });

  test("200: the changed member, and its before and after in the log", async () => {
    const user = await makeUser({ name: "Before" });
    expect((await patch(user.id, { name: "After", plan: "paid" })).body).toMatchObject({
      name: "After",
      plan: "paid",
      role: "member",
    });
    expect(JSON.parse((await lastEvent(user.id))?.detail ?? "")).toEqual({
      name: { before: "Before", after: "After" },
      plan: { before: "free", after: "paid" },
    });
  });

  test("a change to what it already is changes and records nothing", async () => {
    const user = await makeUser({ name: "Same" });
    const before = await db().auditEvent.count();
    expect((await patch(user.id, { name: "Same", role: "member", disabled: false })).status).toBe(200);
    expect(await db().auditEvent.count()).toBe(before);
  });

  // Seen failing, each: with its endSessions line in update-user.ts removed (the live check of the account hides disabling).
  test("a new role ends all sessions of the person; a new name or plan ends none", async () => {
    const person = await signedIn(await makeUser());
    await patch(person.user.id, { name: "Other", plan: "paid" });
    expect(await isIn(person)).toBe(true);
    await patch(person.user.id, { role: "admin" });
    expect(await isIn(person)).toBe(false);
  });

  test("disabling ends all sessions for good: enabling brings none of them back", async () => {
    const person = await signedIn(await makeUser());
    expect((await patch(person.user.id, { disabled: true })).body).toMatchObject({ state: "disabled" });
    expect(await isIn(person)).toBe(false);
    expect((await patch(person.user.id, { disabled: false })).body).toMatchObject({
      state: "active",
      disabled_at: null,
    });
    expect(await isIn(person)).toBe(false);
  });

  test("disabling again keeps the first time", async () => {
    const user = await makeUser();
    const first = (await patch(user.id, { disabled: true })).body.disabled_at;
    expect((await patch(user.id, { disabled: true })).body.disabled_at).toBe(first);
  });

  test.each<[string, unknown, string]>([
    ["nothing", {}, ""],
    ["an unknown member", { email: "new@example.org" }, "/email"],
    ["a hash", { passwordHash: "x" }, "/passwordHash"],
    ["a text for a switch", { disabled: "false" }, "/disabled"],
    ["a plan that is not there", { plan: "gold" }, "/plan"],
  ])("422: %s", async (_name, body, pointer) => {
    const answer = await api("PATCH", `${list}/${(await makeUser()).id}`, { ...as(), body });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test("404 for nobody, 409 for a deleted account, and 409 for the last administrator", async () => {
    const refused = async (id: string, body: unknown) => {
      const answer = await api("PATCH", `${list}/${id}`, { ...as(), body });
      return [answer.status, answer.body.code];
    };
    expect(await refused("usr_x", { name: "A" })).toEqual([404, "user.not_found"]);
    expect(await refused((await makeUser({ deletedAt: now() })).id, { name: "A" })).toEqual([
      409,
      "user.not_active",
    ]);
    await db().user.updateMany({ where: { id: { not: admin.user.id } }, data: { role: "member" } });
    expect(await refused(admin.user.id, { role: "member" })).toEqual([409, "user.last_admin"]);
  });
});

describe("DELETE /users/{id} and restore", () => {
  test("204: the person is out, the row and its history stay, a second time is 204 too", async () => {
    const person = await signedIn(await makeUser());
    const address = `${list}/${person.user.id}`;
    expect((await api("DELETE", address, as())).status).toBe(204);
    expect(await isIn(person)).toBe(false);
    expect((await api<User>("GET", address, as())).body).toMatchObject({ state: "deleted" });
    expect((await api("DELETE", address, as())).status).toBe(204);
    expect(await db().auditEvent.count({ where: { objectId: person.user.id, action: "user.deleted" } })).toBe(
      1,
    );
  });

  test("200: restored as before, without the old sessions", async () => {
    const person = await signedIn(await makeUser());
    const address = `${list}/${person.user.id}`;
    await api("DELETE", address, as());
    expect(await api<User>("POST", `${address}/restore`, as())).toMatchObject({
      status: 200,
      body: { state: "active", deleted_at: null },
    });
    expect(await isIn(person)).toBe(false);
    expect((await api("POST", `${address}/restore`, as())).status).toBe(200);
    expect(
      await db().auditEvent.count({ where: { objectId: person.user.id, action: "user.restored" } }),
    ).toBe(1);
  });

  test("404 for nobody, 409 for the last administrator", async () => {
    expect((await api("DELETE", nobody, as())).status).toBe(404);
    expect((await api("POST", `${nobody}/restore`, as())).status).toBe(404);
    await db().user.updateMany({ where: { id: { not: admin.user.id } }, data: { role: "member" } });
    expect((await api("DELETE", `${list}/${admin.user.id}`, as())).body.code).toBe("user.last_admin");
  });
});

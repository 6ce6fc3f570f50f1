import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { db } from "@/lib/infra/db/client";
import type { adminKeyPageView, adminKeyView, keyView } from "@/lib/keys/schema";
import { makeAdmin, makeKey, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { api } from "@/lib/testing/request";

type Keys = z.infer<typeof adminKeyPageView>;
type AdminKey = z.infer<typeof adminKeyView>;

const list = "/api/v1/admin/keys";

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
});

test("401 for nobody, 403 for members and for keys without the scope admin, on every route", async () => {
  const { key } = await makeKey(await makeUser());
  const member = await signedIn(await makeUser());
  const weak = await makeKey(await makeAdmin(), { scopes: ["keys", "predict"] });
  for (const [method, address, body] of [
    ["GET", list, undefined],
    ["GET", `${list}/${key.id}`, undefined],
    ["POST", `${list}/${key.id}/revoke`, { reason: "x" }],
  ] as const) {
    expect((await api(method, address, { body })).status).toBe(401);
    expect((await api(method, address, { body, as: member })).status).toBe(403);
    expect((await api(method, address, { body, headers: weak.headers })).status).toBe(403);
  }
});

describe("GET /admin/keys", () => {
  test("200: everybody's, with their owners, filtered; no secret and no digest", async () => {
    const user = await makeUser({ name: "Zoe Finder" });
    const { key, secret } = await makeKey(user, { models: ["churn"] });
    const get = (query: string) => api<Keys>("GET", `${list}?${query}`, { as: admin });
    for (const query of [
      `owner=${user.id}`,
      "owner=zoe+finder",
      "owner=finder&model=churn&state=live&used=never",
    ]) {
      const { status, body, text } = await get(query);
      expect([status, body.items.map(({ id }) => id)]).toEqual([200, [key.id]]);
      expect(body.items[0]?.owner).toEqual({ id: user.id, email: user.email, name: user.name });
      expect(text).not.toContain(secret.slice(8, -4));
      expect(text).not.toContain(key.digest);
    }
    for (const query of ["owner=finder&model=iris", "owner=finder&state=revoked", "owner=finder&used=30d"])
      expect((await get(query)).body.items).toEqual([]);
  });

  test.each(["state=x", "used=1d", "sort=name", "model=A%20B", "limit=101", "cursor=x", "q=x"])(
    "422: %s",
    async (query) => {
      expect((await api("GET", `${list}?${query}`, { as: admin })).status).toBe(422);
    },
  );
});

describe("GET /admin/keys/{id} and revoke", () => {
  test("204: it stops with the next call, and its owner reads the reason; a second time changes nothing", async () => {
    const owner = await signedIn(await makeUser());
    const { key, headers } = await makeKey(owner.user);
    const me = async () => (await api("GET", "/api/auth/me", { headers })).status;
    expect(await me()).toBe(200);
    const revoke = async (reason: string) =>
      (await api("POST", `${list}/${key.id}/revoke`, { as: admin, body: { reason } })).status;
    expect([await revoke("Found in a public repository"), await revoke("Again")]).toEqual([204, 204]);
    expect(await me()).toBe(401);
    const expected = { state: "revoked", revoked_reason: "Found in a public repository" };
    const own = await api<z.infer<typeof keyView>>("GET", `/api/v1/keys/${key.id}`, { as: owner });
    expect(own.body).toMatchObject(expected);
    expect((await api<AdminKey>("GET", `${list}/${key.id}`, { as: admin })).body).toMatchObject({
      ...expected,
      owner: { id: owner.user.id },
    });
    const events = await db().auditEvent.findMany({ where: { objectId: key.id, action: "key.revoked" } });
    expect(events.map(({ detail, actorId }) => [JSON.parse(detail), actorId])).toEqual([
      [{ user_id: owner.user.id, reason: "Found in a public repository" }, admin.user.id],
    ]);
  });

  test("204: by an administrator's key with the scope admin", async () => {
    const { key } = await makeKey(await makeUser());
    const { headers } = await makeKey(await makeAdmin(), { scopes: ["admin"] });
    expect((await api("POST", `${list}/${key.id}/revoke`, { headers, body: { reason: "x" } })).status).toBe(
      204,
    );
  });

  test("404 for keys that are not there, 422 without a reason", async () => {
    const { key } = await makeKey(await makeUser());
    expect((await api("GET", `${list}/key_x`, { as: admin })).body.code).toBe("key.not_found");
    const revoke = async (id: string, body: unknown) =>
      (await api("POST", `${list}/${id}/revoke`, { as: admin, body })).status;
    expect(await revoke("key_x", { reason: "x" })).toBe(404);
    for (const body of [{}, { reason: "" }, { reason: "a\nb" }, { reason: "x".repeat(201) }])
      expect(await revoke(key.id, body)).toBe(422);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { dayMs } from "@/lib/core/time";
import { now } from "@/lib/infra/clock";
import { db } from "@/lib/infra/db/client";
import type { keyPageView, keyWithSecretView } from "@/lib/keys/schema";
import { makeAdmin, makeKey, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api, type Call, type Problem } from "@/lib/testing/request";

type WithSecret = z.infer<typeof keyWithSecretView>;
type Keys = z.infer<typeof keyPageView>;

const list = "/api/v1/keys";
const simple = { name: "CI", scopes: ["predict"] };

let owner: SignedIn;
beforeAll(async () => {
  owner = await signedIn(await makeUser());
});

async function create(body: unknown, call: Call = { as: owner }) {
  const answer = await api<WithSecret & Problem>("POST", list, { ...call, body });
  if (answer.status === 201) rememberSecret(answer.body.secret);
  return answer;
}

describe("POST /keys", () => {
  test("201: the secret, once; with everything that bounds the key, in its one spelling", async () => {
    const expiresAt = new Date(now().getTime() + dayMs).toISOString();
    const { status, body, headers } = await create({
      name: "Nightly job",
      scopes: ["tasks", "predict", "predict"],
      models: ["churn", "churn"],
      cidrs: ["10.1.2.3/8", "2001:DB8::1", "::ffff:192.0.2.7"],
      expires_at: expiresAt,
      limits: { per_minute: 5 },
    });
    expect(status).toBe(201);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.secret).toMatch(/^ady_[0-9A-Za-z]{36}$/);
    expect(body.key).toEqual({
      id: expect.stringMatching(/^key_/),
      name: "Nightly job",
      prefix: body.secret.slice(0, 8),
      last4: body.secret.slice(-4),
      scopes: ["predict", "tasks"],
      models: ["churn"],
      cidrs: ["10.0.0.0/8", "2001:db8::1", "192.0.2.7"],
      limits: { per_minute: 5, per_hour: null, concurrency: null },
      state: "live",
      created_at: expect.any(String),
      expires_at: expiresAt,
      last_used_at: null,
      last_used_address: null,
      revoked_at: null,
      revoked_reason: null,
      frozen_at: null,
      frozen_reason: null,
      on_unusual_use: "notify",
      slowed_at: null,
      replaced_by: null,
    });
    for (const address of [list, `${list}/${body.key.id}`])
      expect((await api("GET", address, { as: owner })).text).not.toContain(body.secret.slice(8, -4));
  });

  test("201: the same again for the same Idempotency-Key, and one key", async () => {
    const as = await signedIn(await makeUser());
    const call = { as, headers: { "idempotency-key": "once-only-1" } };
    const [first, second] = [await create(simple, call), await create(simple, call)];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect(await db().apiKey.count({ where: { userId: as.user.id } })).toBe(1);
  });

  test("201: a key with the scope keys makes keys for its owner", async () => {
    const maker = await makeKey(await makeUser(), { scopes: ["keys", "predict"] });
    const made = await create(simple, { headers: maker.headers });
    expect(made.status).toBe(201);
    expect(await db().apiKey.findUnique({ where: { id: made.body.key.id } })).toMatchObject({
      userId: maker.user.id,
    });
  });

  // Seen failing: with z.object instead of z.strictObject.
  test.each(["user_id", "userId", "owner", "owner_id", "user", "id", "secret", "digest", "pool_id"])(
    "422: the owner is who asks, %s is no member",
    async (member) => {
      const victim = await makeUser();
      const answer = await create({ ...simple, [member]: victim.id });
      expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, `/${member}`]);
      expect(await db().apiKey.count({ where: { userId: victim.id } })).toBe(0);
    },
  );

  test.each<[string, object]>([
    ["/name", { name: "" }],
    ["/name", { name: "x".repeat(101) }],
    ["/name", { name: "a\u202eb" }],
    ["/name", { name: { contains: "" } }],
    ["/scopes", { scopes: [] }],
    ["/scopes", { scopes: "predict" }],
    ["/scopes/0", { scopes: ["account"] }],
    ["/scopes/1", { scopes: ["predict", "everything"] }],
    ["/models", { models: [] }],
    ["/models/0", { models: ["Churn"] }],
    ["/models/0", { models: ["a b"] }],
    ["/models/0", { models: [""] }],
    ["/models", { models: Array.from({ length: 51 }, (_, index) => `m${index}`) }],
    ["/cidrs", { cidrs: [] }],
    ["/cidrs/1", { cidrs: ["10.0.0.0/8", "10.0.0.0/33"] }],
    ["/cidrs/0", { cidrs: ["example.org"] }],
    ["/cidrs", { cidrs: Array.from({ length: 51 }, (_, index) => `10.0.0.${index}`) }],
    ["/expires_at", { expires_at: "tomorrow" }],
    ["/expires_at", { expires_at: "2020-01-01T00:00:00Z" }],
    ["/expires_at", { expires_at: "2099-01-01T00:00:00Z" }],
    ["/expires_at", { expires_at: "2027-02-30T00:00:00Z" }],
    ["/expires_at", { expires_at: 1_900_000_000 }],
    ["/limits/per_minute", { limits: { per_minute: 0 } }],
    ["/limits/per_minute", { limits: { per_minute: 1.5 } }],
    ["/limits/per_hour", { limits: { per_hour: "5" } }],
    ["/limits/per_hour", { limits: { per_hour: 1_000_001 } }],
    ["/limits/per_day", { limits: { per_day: 5 } }],
    ["/limits/__proto__", { limits: JSON.parse('{"__proto__": 1}') }],
  ])("422 at %s: %j", async (pointer, change) => {
    const answer = await create({ ...simple, ...change });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  test("422 above the plan, with the place", async () => {
    await db().plan.update({ where: { id: "free" }, data: { perHour: 100 } });
    const answer = await create({ ...simple, limits: { per_hour: 101 } });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, "/limits/per_hour"]);
  });

  test("401 for nobody; 403 without the scope, for more than one has, and for scopes of administrators", async () => {
    expect((await create(simple, {})).status).toBe(401);
    const user = await makeUser();
    const weak = await makeKey(user);
    expect(await create(simple, { headers: weak.headers })).toMatchObject({
      status: 403,
      body: { code: "auth.scope_missing" },
    });
    const maker = await makeKey(user, { scopes: ["keys"] });
    expect(await create(simple, { headers: maker.headers })).toMatchObject({
      status: 403,
      body: { code: "auth.scope_missing", errors: [{ pointer: "/scopes" }] },
    });
    expect(await create({ ...simple, scopes: ["admin"] })).toMatchObject({
      status: 403,
      body: { code: "auth.forbidden", errors: [{ pointer: "/scopes" }] },
    });
    expect(await db().apiKey.count({ where: { userId: user.id } })).toBe(2);
  });

  test("409 when there are as many as allowed", async () => {
    const as = await signedIn(await makeUser());
    const answers = await Promise.all(Array.from({ length: 22 }, () => create(simple, { as })));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(20).fill(201), 409, 409]);
    expect((await create(simple, { as })).body.code).toBe("key.too_many");
  });
});

describe("GET /keys", () => {
  test("200: mine, newest first, page by page; nobody else's", async () => {
    const as = await signedIn(await makeUser());
    const made = [];
    for (const name of ["one", "two", "three"])
      made.push((await create({ ...simple, name }, { as })).body.key.id);
    const { body } = await api<Keys>("GET", `${list}?limit=2`, { as });
    expect(body.items).toHaveLength(2);
    const rest = await api<Keys>("GET", `${list}?limit=2&cursor=${body.next_cursor}`, { as });
    expect([...body.items, ...rest.body.items].map(({ id }) => id).sort()).toEqual(made.sort());
    expect(rest.body.next_cursor).toBeNull();
    const { headers } = await makeKey(await makeUser(), { scopes: ["keys"] });
    expect((await api<Keys>("GET", list, { headers })).body.items).toHaveLength(1);
  });

  test("401 for nobody, 403 without the scope, 422 for what is no filter", async () => {
    expect((await api("GET", list)).status).toBe(401);
    const { headers } = await makeKey(await makeUser());
    expect((await api("GET", list, { headers })).status).toBe(403);
    for (const query of ["state=gone", "limit=0", "cursor=x", "user_id=usr_1", "state=live&state=live"])
      expect((await api("GET", `${list}?${query}`, { as: owner })).status, query).toBe(422);
  });
});

describe("what a person loses, their keys lose", () => {
  const me = async (headers: Record<string, string>) =>
    (await api("GET", "/api/auth/me", { headers })).status;
  const users = "/api/v1/admin/users";

  test("disabling and deleting stop them with the next call", async () => {
    const admin = await signedIn(await makeAdmin());
    const { headers, user } = await makeKey(await makeUser());
    expect(await me(headers)).toBe(200);
    await api("PATCH", `${users}/${user.id}`, { as: admin, body: { disabled: true } });
    expect(await me(headers)).toBe(401);
    await api("PATCH", `${users}/${user.id}`, { as: admin, body: { disabled: false } });
    expect(await me(headers)).toBe(200);
    await api("DELETE", `${users}/${user.id}`, { as: admin });
    expect(await me(headers)).toBe(401);
  });

  test("a lowered role makes the scope admin worth nothing with the next call", async () => {
    const admin = await signedIn(await makeAdmin());
    const { headers, user } = await makeKey(await makeAdmin(), { scopes: ["admin"] });
    expect((await api("GET", users, { headers })).status).toBe(200);
    await api("PATCH", `${users}/${user.id}`, { as: admin, body: { role: "member" } });
    expect((await api("GET", users, { headers })).status).toBe(403);
    expect(await me(headers)).toBe(200);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import { hourMs } from "../../core/time";
import { moveClock, now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { changeSettings } from "../../settings/commands";
import { keyActorOf, makeAdmin, makeKey, makeUser, signedIn } from "../../testing/factories";
import { rememberSecret } from "../../testing/leaks";
import { isWellFormedKey } from "../domain";
import { countUsableKeys, findLiveKey, type Key } from "../queries";
import { type ChangeKey, type CreateKey, createKeyBody } from "../schema";
import { changeKey } from "./change-key";
import { createKey } from "./create-key";
import { revokeKey } from "./revoke-key";
import { rollKey } from "./roll-key";

const body = (given: Partial<CreateKey> = {}): CreateKey => ({
  ...createKeyBody.parse({ name: "Nightly job", scopes: ["predict"] }),
  ...given,
});
const inMs = (ms: number) => new Date(now().getTime() + ms);

/** "done", or the code and the pointer of the refusal. */
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return [error.code, error.faults?.[0]?.pointer].filter(Boolean).join(" ");
    },
  );

async function make(actor: UserActor, given: Partial<CreateKey> = {}) {
  const made = await createKey(actor, body(given));
  rememberSecret(made.secret);
  return made;
}

test("a new key works, and nothing that is stored or recorded lets anybody make its secret again", async () => {
  const { actor, user } = await signedIn(await makeUser());
  const { key, secret } = await make(actor, { name: "CI", models: ["churn"], cidrs: ["192.0.2.0/24"] });
  expect(isWellFormedKey(secret)).toBe(true);
  expect(await findLiveKey(secret, "192.0.2.9")).toMatchObject({
    id: key.id,
    userId: user.id,
    poolId: key.id,
  });
  const random = secret.slice(8, -4);
  const stored = await db().apiKey.findUnique({ where: { id: key.id } });
  const events = await db().auditEvent.findMany({ where: { objectId: key.id } });
  expect(JSON.stringify([stored, events])).not.toContain(random);
  expect(JSON.stringify(events)).not.toContain(stored?.digest);
  expect(events).toMatchObject([{ action: "key.created", objectLabel: "CI", actorId: user.id }]);
  expect(JSON.parse(events[0]?.detail ?? "")).toEqual({
    user_id: user.id,
    scopes: ["predict"],
    models: ["churn"],
    cidrs: ["192.0.2.0/24"],
    expires_at: null,
    limits: { per_minute: null, per_hour: null, concurrency: null },
    on_unusual_use: "notify",
  });
});

describe("how many one person may have", () => {
  // Seen failing: with countUsableKeys before the transaction, more than 20 are made.
  test("of 50 at the same moment exactly the allowed 20 are made", async () => {
    const { actor, user } = await signedIn(await makeUser());
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(make(actor))));
    expect(outcomes.filter((text) => text === "done")).toHaveLength(20);
    expect(outcomes.filter((text) => text === "key.too_many")).toHaveLength(30);
    expect(await countUsableKeys(user.id)).toBe(20);
  });

  test("counts what works: revoked, frozen and expired ones and other people's do not", async () => {
    const admin = await signedIn(await makeAdmin());
    await changeSettings(admin.actor, { keys_per_user_max: 2 });
    const { actor, user } = await signedIn(await makeUser());
    const first = await make(actor);
    await make(actor, { expires_at: inMs(hourMs) });
    expect(await outcome(make(actor))).toBe("key.too_many");
    expect(await outcome(make((await signedIn(await makeUser())).actor))).toBe("done");
    await revokeKey(actor, first.key.id);
    expect(await outcome(make(actor))).toBe("done");
    moveClock(hourMs + 1);
    expect(await outcome(make(actor))).toBe("done");
    expect(await outcome(make(actor))).toBe("key.too_many");
    await db().apiKey.updateMany({ where: { userId: user.id }, data: { frozenAt: now() } });
    expect(await outcome(make(actor))).toBe("done");
    await changeSettings(admin.actor, { keys_per_user_max: null });
  });

  test("does not keep anybody from rolling", async () => {
    const admin = await signedIn(await makeAdmin());
    await changeSettings(admin.actor, { keys_per_user_max: 1 });
    const { actor } = await signedIn(await makeUser());
    const { key } = await make(actor);
    expect(await outcome(rollKey(actor, key.id, 3_600))).toBe("done");
    await changeSettings(admin.actor, { keys_per_user_max: null });
  });
});

describe("the bounds of what a key can be given", () => {
  test("an end is in the future and at most five years off", async () => {
    const { actor } = await signedIn(await makeUser());
    const year = 365.25 * 24 * hourMs;
    expect(await outcome(make(actor, { expires_at: now() }))).toBe("request.invalid /expires_at");
    expect(await outcome(make(actor, { expires_at: inMs(-1) }))).toBe("request.invalid /expires_at");
    expect(await outcome(make(actor, { expires_at: inMs(5.1 * year) }))).toBe("request.invalid /expires_at");
    expect(await outcome(make(actor, { expires_at: inMs(4.9 * year) }))).toBe("done");
  });

  test("an own limit is never above the owner's plan, and where that has none, anything goes", async () => {
    await db().plan.update({
      where: { id: "free" },
      data: { perMinute: 10, perHour: 100, concurrency: null },
    });
    const { actor } = await signedIn(await makeUser({ planId: "free" }));
    const limit = (limits: CreateKey["limits"]) => outcome(make(actor, { limits }));
    expect(await limit({ per_minute: 11 })).toBe("request.invalid /limits/per_minute");
    expect(await limit({ per_minute: 10, per_hour: 101 })).toBe("request.invalid /limits/per_hour");
    expect(await limit({ per_minute: 10, per_hour: 100, concurrency: 1_000_000 })).toBe("done");
    expect(await limit({})).toBe("done");
    const { key } = await make(actor, { limits: { per_minute: 10 } });
    const change = (limits: ChangeKey["limits"]) => outcome(changeKey(actor, key.id, { limits }));
    expect(await change({ per_minute: 11 })).toBe("request.invalid /limits/per_minute");
    expect(await change({ per_minute: null, concurrency: 5 })).toBe("done");
    // A plan that is lowered later keeps nobody from changing other things.
    await db().plan.update({ where: { id: "free" }, data: { concurrency: 1 } });
    expect(await change({ per_minute: 5 })).toBe("done");
    await db().plan.update({ where: { id: "free" }, data: { concurrency: null } });
  });

  // Seen failing: without canGrantScopes in check-grant.ts.
  test("a member cannot give the scopes of administrators, at making or later", async () => {
    const { actor } = await signedIn(await makeUser());
    for (const scope of ["admin", "metrics"] as const)
      expect(await outcome(make(actor, { scopes: ["predict", scope] }))).toBe("auth.forbidden /scopes");
    const { key } = await make(actor);
    expect(await outcome(changeKey(actor, key.id, { scopes: ["admin"] }))).toBe("auth.forbidden /scopes");
    const admin = await signedIn(await makeAdmin());
    expect(await outcome(make(admin.actor, { scopes: ["admin", "metrics"] }))).toBe("done");
  });
});

// Seen failing: without assertMayGrant, in create, change and roll each.
describe("a key that may manage keys cannot make itself a better one", () => {
  type Given = Partial<CreateKey> & { scopes: CreateKey["scopes"] };
  let owner: Awaited<ReturnType<typeof signedIn>>;
  let strong: Key;
  beforeAll(async () => {
    owner = await signedIn(await makeAdmin());
    strong = (await make(owner.actor, { scopes: ["predict", "keys", "admin"] })).key;
  });

  const bounds: [string, Given, Given & ChangeKey][] = [
    ["/scopes", { scopes: ["predict", "keys"] }, { scopes: ["predict", "keys", "admin"] }],
    ["/scopes", { scopes: ["keys"] }, { scopes: ["predict"] }],
    ["/models", { scopes: ["keys"], models: ["churn"] }, { scopes: ["keys"], models: null }],
    ["/models", { scopes: ["keys"], models: ["churn"] }, { scopes: ["keys"], models: ["churn", "iris"] }],
    ["/cidrs", { scopes: ["keys"], cidrs: ["192.0.2.0/24"] }, { scopes: ["keys"], cidrs: null }],
    ["/cidrs", { scopes: ["keys"], cidrs: ["192.0.2.0/24"] }, { scopes: ["keys"], cidrs: ["192.0.0.0/16"] }],
    ["/expires_at", { scopes: ["keys"], expires_at: inMs(hourMs) }, { scopes: ["keys"], expires_at: null }],
    [
      "/expires_at",
      { scopes: ["keys"], expires_at: inMs(hourMs) },
      { scopes: ["keys"], expires_at: inMs(2 * hourMs) },
    ],
    ["/limits/per_minute", { scopes: ["keys"], limits: { per_minute: 5 } }, { scopes: ["keys"], limits: {} }],
    [
      "/limits/per_hour",
      { scopes: ["keys"], limits: { per_hour: 5 } },
      { scopes: ["keys"], limits: { per_hour: 6 } },
    ],
  ];
  test.each(bounds)("%s: by a new one or by changing itself", async (pointer, own, wanted) => {
    const { actor, key } = await makeKey(owner.user, own);
    expect(await outcome(make(actor, wanted))).toBe(`auth.scope_missing ${pointer}`);
    const limits = { per_minute: null, per_hour: null, concurrency: null };
    const change = { ...wanted, limits: { ...limits, ...wanted.limits } };
    expect(await outcome(changeKey(actor, key.id, change))).toBe(`auth.scope_missing ${pointer}`);
    expect(await outcome(make(actor, own))).toBe("done");
    await db().apiKey.updateMany({
      where: { userId: owner.user.id, id: { not: strong.id } },
      data: { revokedAt: now() },
    });
  });

  test("by rolling a stronger key of the same owner, whose new secret it would get", async () => {
    const weak = await makeKey(owner.user, { scopes: ["keys", "predict"] });
    expect(await outcome(rollKey(weak.actor, strong.id, 0))).toBe("auth.scope_missing /scopes");
    expect(await outcome(rollKey(weak.actor, weak.key.id, 0))).toBe("done");
  });

  test("by adding up: one key's scopes with another key's models", async () => {
    const predicts = await makeKey(owner.user, { scopes: ["keys", "predict"], models: ["churn"] });
    const free = await makeKey(owner.user, { scopes: ["keys"] });
    expect(await outcome(changeKey(predicts.actor, free.key.id, { scopes: ["keys", "predict"] }))).toBe(
      "auth.scope_missing /models",
    );
    expect(await outcome(changeKey(predicts.actor, free.key.id, { name: "Other name" }))).toBe("done");
  });

  test("by having been better a moment ago: what counts is in the database", async () => {
    const was = await makeKey(owner.user, { scopes: ["keys", "predict"] });
    await changeKey(owner.actor, was.key.id, { scopes: ["keys"] });
    expect(await outcome(make(was.actor))).toBe("auth.scope_missing /scopes");
    await revokeKey(owner.actor, was.key.id);
    expect(await outcome(make(was.actor, { scopes: ["keys"] }))).toBe("auth.invalid_token");
  });

  test("without the scope keys it makes, reads, changes, rolls and revokes none", async () => {
    const { actor, key } = await makeKey(owner.user, { scopes: ["predict", "admin"] });
    expect(await outcome(make(actor))).toBe("auth.scope_missing");
    expect(await outcome(changeKey(actor, key.id, { name: "A" }))).toBe("key.not_found");
    expect(await outcome(rollKey(actor, key.id, 0))).toBe("key.not_found");
    expect(await outcome(revokeKey(actor, key.id))).toBe("key.not_found");
  });

  test("and an administrator's key gives no admin scope once its owner is a member", async () => {
    const user = await makeAdmin();
    const { key } = await makeKey(user, { scopes: ["keys", "admin"] });
    const demoted = await db().user.update({ where: { id: user.id }, data: { role: "member" } });
    expect(await outcome(make(keyActorOf(demoted, key), { scopes: ["admin"] }))).toBe(
      "auth.forbidden /scopes",
    );
  });
});

describe("a change", () => {
  test("is recorded with before and after, and what stays as it is is not", async () => {
    const { actor, user } = await signedIn(await makeUser());
    const { key } = await make(actor, { scopes: ["tasks", "predict"] });
    const read = async () =>
      (await db().auditEvent.findMany({ where: { objectId: key.id, action: "key.changed" } })).map(
        ({ detail }) => JSON.parse(detail) as unknown,
      );
    await changeKey(actor, key.id, { name: key.name, models: null });
    expect(await read()).toEqual([]);
    await changeKey(actor, key.id, { models: ["churn"], limits: { per_minute: 3 } });
    const limits = { per_minute: null, per_hour: null, concurrency: null };
    expect(await read()).toEqual([
      {
        user_id: user.id,
        models: { before: null, after: ["churn"] },
        limits: { before: limits, after: { ...limits, per_minute: 3 } },
      },
    ]);
  });

  test("is refused for a key that no longer works", async () => {
    const { actor } = await signedIn(await makeUser());
    const states = [{ revokedAt: now() }, { frozenAt: now() }, { expiresAt: now() }];
    for (const state of states) {
      const { key } = await make(actor);
      await db().apiKey.update({ where: { id: key.id }, data: state });
      expect(await outcome(changeKey(actor, key.id, { expires_at: null }))).toBe("key.not_usable");
      expect(await outcome(rollKey(actor, key.id, 0))).toBe("key.not_usable");
    }
  });
});

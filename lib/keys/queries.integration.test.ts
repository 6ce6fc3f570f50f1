import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "../core/actor";
import { AppError } from "../core/errors";
import { encodeCursor } from "../core/page";
import { dayMs, minuteMs, never } from "../core/time";
import { asAppError, statusOfCode } from "../http/problem";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { makeAdmin, makeKey, makeUser, signedIn } from "../testing/factories";
import { deleteUser, restoreUser } from "../users/commands/delete-user";
import { updateUser } from "../users/commands/update-user";
import { touchKey } from "./commands/touch-key";
import { keyStates, keyText } from "./domain";
import {
  countAllKeys,
  countUsableKeys,
  findLiveKey,
  getAnyKey,
  getKey,
  keyDigest,
  listAllKeys,
  listKeys,
} from "./queries";
import { type AdminKeyQuery, adminKeyQuery, keyQuery } from "./schema";

const system = systemActor("test");
const here = "192.0.2.1";

const verdict = (secret: string, address = here) =>
  findLiveKey(secret, address).then(
    () => "works",
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );

describe("findLiveKey", () => {
  test("what no install could have made, and what this one did not make, get the same answer", async () => {
    const { secret } = await makeKey(await makeUser());
    const unknown = keyText("x".repeat(30));
    const broken = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0");
    for (const text of [unknown, broken, "", " ", secret.toLowerCase(), `${secret} `, keyDigest(secret)])
      expect(await verdict(text)).toBe("auth.invalid_token");
  });

  // Seen failing, each: without its line in findLiveKey.
  test.each([
    ["key.revoked", { revokedAt: now() }],
    ["key.frozen", { frozenAt: now() }],
    ["key.expired", { expiresAt: now() }],
    ["key.revoked", { revokedAt: now(), frozenAt: now(), expiresAt: now() }],
    ["key.address_not_allowed", { cidrs: "10.0.0.0/8 192.0.2.2" }],
    ["works", { cidrs: "10.0.0.0/8 192.0.2.0/24" }],
  ])("%s", async (code, state) => {
    const { key, secret } = await makeKey(await makeUser());
    expect(await verdict(secret)).toBe("works");
    await db().apiKey.update({ where: { id: key.id }, data: state });
    expect(await verdict(secret)).toBe(code);
  });

  test("the address is asked last: from elsewhere a dead key is dead", async () => {
    const { key, secret } = await makeKey(await makeUser(), { cidrs: ["10.0.0.0/8"] });
    await db().apiKey.update({ where: { id: key.id }, data: { revokedAt: now() } });
    expect(await verdict(secret)).toBe("key.revoked");
  });

  test("an IPv4 caller is known by the mapped spelling too", async () => {
    const { secret } = await makeKey(await makeUser(), { cidrs: ["192.0.2.0/24"] });
    expect(await verdict(secret, "::ffff:192.0.2.1")).toBe("works");
    expect(await verdict(secret, "::ffff:192.0.3.1")).toBe("key.address_not_allowed");
    expect(await verdict(secret, "unknown")).toBe("key.address_not_allowed");
  });

  // Seen failing: without the look at the owner.
  test("disabling or deleting its owner stops a key, and undoing that brings it back", async () => {
    const user = await makeUser();
    const { secret } = await makeKey(user);
    await updateUser(system, user.id, { disabled: true });
    expect(await verdict(secret)).toBe("auth.invalid_token");
    await updateUser(system, user.id, { disabled: false });
    expect(await verdict(secret)).toBe("works");
    await deleteUser(system, user.id);
    expect(await verdict(secret)).toBe("auth.invalid_token");
    await restoreUser(system, user.id);
    expect(await verdict(secret)).toBe("works");
  });
});

test("other people's keys are not there; administrators have their own way to them", async () => {
  const [owner, other, admin] = [
    await signedIn(await makeUser()),
    await signedIn(await makeUser()),
    await signedIn(await makeAdmin()),
  ];
  const { key } = await makeKey(owner.user);
  const notThere = expect.objectContaining({ code: "key.not_found" });
  expect(await getKey(owner.actor, key.id)).toMatchObject({ id: key.id });
  await expect(getKey(other.actor, key.id)).rejects.toThrow(notThere);
  await expect(getKey(admin.actor, key.id)).rejects.toThrow(notThere);
  expect(await getAnyKey(admin.actor, key.id)).toMatchObject({ id: key.id, user: { id: owner.user.id } });
  const forbidden = expect.objectContaining({ code: "auth.forbidden" });
  await expect(getAnyKey(owner.actor, key.id)).rejects.toThrow(forbidden);
  await expect(listAllKeys(owner.actor, adminKeyQuery.parse({}))).rejects.toThrow(forbidden);
  expect((await listKeys(other.actor, keyQuery.parse({}))).items).toEqual([]);
});

describe("touchKey", () => {
  const read = (id: string) => db().apiKey.findUniqueOrThrow({ where: { id } });

  // Seen failing: without the condition on the time.
  test("writes once in five minutes, however many calls and addresses there are", async () => {
    const { key } = await makeKey(await makeUser());
    await Promise.all(["192.0.2.1", "192.0.2.2", "192.0.2.3"].map((address) => touchKey(key, address)));
    const first = await read(key.id);
    moveClock(4 * minuteMs);
    await touchKey(key, "192.0.2.9");
    await touchKey(first, "192.0.2.9");
    expect(await read(key.id)).toEqual(first);
    moveClock(minuteMs + 1);
    await touchKey(first, "192.0.2.9");
    expect(await read(key.id)).toMatchObject({ lastUsedAddress: "192.0.2.9" });
    expect((await read(key.id)).lastUsedAt.getTime()).toBeGreaterThan(first.lastUsedAt.getTime());
  });

  test("never goes back in time, and leaves no event", async () => {
    const { key } = await makeKey(await makeUser());
    const events = await db().auditEvent.count();
    await touchKey(key, here);
    const first = await read(key.id);
    moveClock(-60 * minuteMs);
    await touchKey(key, "192.0.2.9");
    expect(await read(key.id)).toEqual(first);
    expect(await db().auditEvent.count()).toBe(events);
  });
});

describe("the lists", () => {
  const query = (given: Partial<Record<keyof AdminKeyQuery, unknown>> = {}) => adminKeyQuery.parse(given);
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 1, 0, 0, seconds));
  const models = [null, "churn", "iris churn", "a_b", "a-b c", "churny xchurn", "x churn y"];
  const owners: string[] = [];

  beforeAll(async () => {
    await db().apiKey.deleteMany();
    for (const name of ["Ana Lopez", "Bo_b", "Bo-b"]) owners.push((await makeUser({ name })).id);
    const daysAgo = [0.5, 10, 60, 200];
    await db().apiKey.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({
        id: `key_${String((index * 7_919) % 120).padStart(20, "0")}`,
        userId: owners[index % 3] ?? "",
        name: `Key ${index}`,
        digest: `digest ${index}`,
        prefix: "ady_0000",
        last4: "0000",
        scopes: "predict",
        models: models[index % models.length] ?? null,
        createdAt: at(index % 6),
        lastUsedAt: index % 5 === 4 ? never : new Date(now().getTime() - (daysAgo[index % 5] ?? 0) * dayMs),
        revokedAt: index % 11 === 0 ? at(1) : null,
        frozenAt: index % 13 === 0 ? at(1) : null,
        expiresAt: index % 7 === 0 ? at(9) : index % 7 === 1 ? new Date(Date.now() + dayMs) : null,
        poolId: `key_${index}`,
      })),
    });
  });

  async function readAll(given: Partial<Record<keyof AdminKeyQuery, unknown>>) {
    const ids: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 200; pages += 1) {
      const page = await listAllKeys(system, query({ ...given, cursor }));
      ids.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) return ids;
      cursor = page.nextCursor;
    }
    throw new Error("the list does not end");
  }

  // Seen failing: with the id left out of the cursor, rows of the same second are skipped.
  test("every key comes exactly once, for every sort, order and page size", async () => {
    const given = fc.record({
      sort: fc.constantFrom("created_at", "last_used_at"),
      order: fc.constantFrom("asc", "desc"),
      limit: fc.integer({ min: 5, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async (values) => {
        const ids = await readAll(values);
        expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
      }),
      { numRuns: 15 },
    );
  });

  test("each key is in exactly one state", async () => {
    const states = await Promise.all(keyStates.map((state) => readAll({ state, limit: 100 })));
    for (const ids of states) expect(ids.length).toBeGreaterThan(3);
    expect(states.flat().sort()).toEqual((await readAll({ limit: 100 })).sort());
    expect(states[keyStates.indexOf("live")]).toHaveLength(
      (await Promise.all(owners.map((id) => countUsableKeys(id)))).reduce((sum, count) => sum + count, 0),
    );
  });

  test.each(["churn", "a_b", "a-b", "c", "iris", "nothing"])(
    "the filter by the model %s finds keys that may use it, and no others",
    async (model) => {
      const rows = await db().apiKey.findMany();
      const expected = rows.filter((row) => row.models === null || row.models.split(" ").includes(model));
      expect((await readAll({ model, limit: 7 })).sort()).toEqual(expected.map(({ id }) => id).sort());
    },
  );

  test("by owner: the id, or a part of the name, with signs taken for what they are", async () => {
    expect(await readAll({ owner: owners[0], limit: 100 })).toHaveLength(40);
    expect(await readAll({ owner: "lopez", limit: 100 })).toHaveLength(40);
    expect(await readAll({ owner: "bo_b", limit: 100 })).toHaveLength(40);
    expect(await readAll({ owner: "usr_nobody", limit: 100 })).toHaveLength(0);
  });

  test("by last use: never, or within so many days", async () => {
    const count = async (used: string) => (await readAll({ used, limit: 100 })).length;
    expect([await count("never"), await count("7d"), await count("30d"), await count("90d")]).toEqual([
      24, 24, 48, 72,
    ]);
  });

  test("one's own, newest first, by state too", async () => {
    const owner = await db().user.findUniqueOrThrow({ where: { id: owners[1] ?? "" } });
    const { actor } = await signedIn(owner);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listKeys(actor, keyQuery.parse({ limit: 9, cursor }));
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect([ids.length, new Set(ids).size]).toEqual([40, 40]);
    const { items } = await listKeys(actor, keyQuery.parse({ state: "revoked", limit: 100 }));
    expect(items.every(({ revokedAt, userId }) => revokedAt !== null && userId === owner.id)).toBe(true);
  });

  test("any cursor and any words are a page or a 422, never a failure", async () => {
    const text = fc.string({ unit: "binary", maxLength: 40 }).filter((each) => each.isWellFormed());
    await fc.assert(
      fc.asyncProperty(text, text, fc.constantFrom("created_at", "last_used_at"), async (value, id, sort) => {
        const given = { sort, cursor: encodeCursor({ value, id }), owner: value.replaceAll("\0", "") };
        const status = await listAllKeys(system, query(given)).then(
          () => 200,
          (error: unknown) => statusOfCode(asAppError(error).code),
        );
        expect([200, 422]).toContain(status);
      }),
      { numRuns: 60 },
    );
  });
});

test("unused for so many days are keys that are at least that old, used never or not since; counted as listed", async () => {
  const owner = await makeUser();
  const ages = {
    young: [5, null],
    stale: [200, 60],
    forgotten: [200, 120],
    never: [50, null],
    busy: [200, 1],
  };
  for (const [name, [created = 0, used = null]] of Object.entries(ages)) {
    const { key } = await makeKey(owner, { name });
    const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs);
    const lastUsedAt = used === null ? never : daysAgo(used);
    await db().apiKey.update({
      where: { id: key.id },
      data: { createdAt: daysAgo(created ?? 0), lastUsedAt },
    });
  }
  const found = async (used: AdminKeyQuery["used"]) => {
    const query = adminKeyQuery.parse({ owner: owner.id, used });
    const names = (await listAllKeys(system, query)).items.map(({ name }) => name).sort();
    expect(await countAllKeys(system, query)).toBe(names.length);
    return names;
  };
  expect(await found("unused_30d")).toEqual(["forgotten", "never", "stale"]);
  expect(await found("unused_90d")).toEqual(["forgotten"]);
  expect(await found("never")).toEqual(["never", "young"]);
  expect(await found(undefined)).toHaveLength(5);
});

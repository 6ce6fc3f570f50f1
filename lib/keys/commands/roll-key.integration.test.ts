import { expect, test } from "vitest";
import { AppError } from "../../core/errors";
import { hourMs, minuteMs } from "../../core/time";
import { moveClock, now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { makeKey, makeUser, signedIn } from "../../testing/factories";
import { rememberSecret } from "../../testing/leaks";
import { actorKeyOf, grantOf } from "../domain";
import { findLiveKey } from "../queries";
import { changeKey } from "./change-key";
import { rollKey } from "./roll-key";

const works = (secret: string) =>
  findLiveKey(secret, "192.0.2.1").then(
    () => "works",
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );

async function rolled(actor: Parameters<typeof rollKey>[0], id: string, overlapSeconds: number) {
  const made = await rollKey(actor, id, overlapSeconds);
  rememberSecret(made.secret);
  return made;
}

test("old and new work during the overlap, with the same rights and in one pool; then only the new one", async () => {
  const owner = await signedIn(await makeUser());
  const old = await makeKey(owner.user, {
    scopes: ["predict", "tasks"],
    models: ["churn"],
    cidrs: ["192.0.2.0/24"],
    limits: { per_minute: 7 },
  });
  const made = await rolled(owner.actor, old.key.id, 3_600);
  expect(grantOf(made.key)).toEqual(grantOf(old.key));
  expect(actorKeyOf(made.key)).toEqual({ ...actorKeyOf(old.key), id: made.key.id, poolId: old.key.id });
  expect([await works(old.secret), await works(made.secret)]).toEqual(["works", "works"]);
  const row = await db().apiKey.findUniqueOrThrow({ where: { id: old.key.id } });
  expect(row.replacedById).toBe(made.key.id);
  moveClock(hourMs + 1_000);
  expect([await works(old.secret), await works(made.secret)]).toEqual(["key.expired", "works"]);
  const event = await db().auditEvent.findFirstOrThrow({
    where: { action: "key.rolled", objectId: old.key.id },
  });
  expect(JSON.parse(event.detail)).toEqual({
    user_id: owner.user.id,
    replaced_by: made.key.id,
    old_expires_at: row.expiresAt?.toISOString(),
  });
  const next = await rolled(owner.actor, made.key.id, 0);
  expect(next.key.poolId).toBe(old.key.id);
});

test("without an overlap the old one stops at once", async () => {
  const owner = await signedIn(await makeUser());
  const old = await makeKey(owner.user);
  const made = await rolled(owner.actor, old.key.id, 0);
  expect([await works(old.secret), await works(made.secret)]).toEqual(["key.expired", "works"]);
});

test("rolling makes no key live longer: neither the old one nor the new one", async () => {
  const owner = await signedIn(await makeUser());
  const end = new Date(now().getTime() + 10 * minuteMs);
  const old = await makeKey(owner.user, { expires_at: end });
  const made = await rolled(owner.actor, old.key.id, 604_800);
  const row = await db().apiKey.findUniqueOrThrow({ where: { id: old.key.id } });
  expect([row.expiresAt, made.key.expiresAt]).toEqual([end, end]);
});

test("a replaced key can be neither rolled nor changed: it would outlive its overlap", async () => {
  const owner = await signedIn(await makeUser());
  const old = await makeKey(owner.user);
  await rolled(owner.actor, old.key.id, 86_400);
  const refused = expect.objectContaining({ code: "key.not_usable" });
  await expect(rollKey(owner.actor, old.key.id, 86_400)).rejects.toThrow(refused);
  await expect(changeKey(owner.actor, old.key.id, { expires_at: null })).rejects.toThrow(refused);
});

// Seen failing: without asking replacedById in assertChangeable.
test("of ten at the same moment one wins, and there is one successor", async () => {
  const owner = await signedIn(await makeUser());
  const old = await makeKey(owner.user);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, () => rolled(owner.actor, old.key.id, 3_600)),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "key.not_usable" });
  expect(await db().apiKey.count({ where: { poolId: old.key.id } })).toBe(2);
});

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { verifyAuditChain } from "../audit/queries";
import { systemActor } from "../core/actor";
import { dayMs } from "../core/time";
import { moveClock, now } from "../infra/clock";
import { db } from "../infra/db/client";
import { SetupError } from "../infra/env";
import { takeSingleton } from "../infra/singleton";
import { findLiveKey } from "../keys/queries";
import { attemptKey, takeAttempt } from "../sign-in/attempts";
import { Browser } from "../testing/browser";
import { useDatabase } from "../testing/database";
import { makeUser, signedIn } from "../testing/factories";
import { rememberSecret } from "../testing/leaks";
import { createAdmin, createFirstAdmin, resetPasswordLocally } from "../users/commands/install-admin";
import { createLink } from "../users/links";
import { prepareInstall } from "./commands";
import { tidyUp } from "./tidy-up";

let dataDir: string;
beforeEach(async () => {
  dataDir = await useDatabase({ isEmpty: true });
  takeSingleton("next-auth");
});
afterAll(async () => void (await useDatabase()));

test("the first start makes one admin with a password that works, and the second start makes none", async () => {
  const { admin, keySecret, migrations } = await prepareInstall();
  rememberSecret(admin?.password ?? "", keySecret ?? "");
  expect(migrations.length).toBeGreaterThan(0);
  expect(admin).toMatchObject({ email: "admin@localhost", isGenerated: true });
  expect(admin?.password).toMatch(/^[0-9A-Za-z]{24}$/);
  expect((await new Browser().signIn("admin@localhost", admin?.password ?? "")).status).toBe(200);
  expect(await findLiveKey(keySecret ?? "", "192.0.2.1")).toMatchObject({
    userId: admin?.id,
    name: "First key",
  });
  expect(await prepareInstall()).toEqual({ migrations: [], admin: null, keySecret: null });
  expect(await db().user.findMany()).toEqual([
    expect.objectContaining({ role: "admin", planId: "owner", isPasswordGenerated: true, name: "Owner" }),
  ]);
  expect(await verifyAuditChain(systemActor("test"))).toMatchObject({ isIntact: true });
});

test("of two first starts at once, one makes the admin", async () => {
  await prepareInstall();
  await db().apiKey.deleteMany();
  await db().user.deleteMany();
  const made = await Promise.all([createFirstAdmin("a@localhost"), createFirstAdmin("b@localhost")]);
  rememberSecret(...made.map((admin) => admin?.password ?? ""));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await db().user.count()).toBe(1);
});

// Seen failing: without checkSecrets the start succeeds and every password is refused.
test("secrets of another install are refused with a sentence", async () => {
  await prepareInstall();
  const file = path.join(dataDir, "secrets.json");
  const secrets = readFileSync(file, "utf8");
  const { pepper, ...others } = JSON.parse(secrets) as { pepper: object[] };
  writeFileSync(file, JSON.stringify({ ...others, pepper: [{ ...pepper[0], value: "x".repeat(43) }] }));
  takeSingleton("secrets");
  await expect(prepareInstall()).rejects.toThrow(SetupError);
  await expect(prepareInstall()).rejects.toThrow(/belong to another database/);
  writeFileSync(file, secrets);
  takeSingleton("secrets");
  expect((await prepareInstall()).admin).toBeNull();
});

test("at the machine itself an admin can be made, and a lost password reset, with a chosen or a generated one", async () => {
  await prepareInstall();
  const chosen = "violet Kettle 9 on the roof";
  rememberSecret(chosen);
  expect(await createAdmin("second@example.org", { chosenPassword: chosen })).toMatchObject({
    isGenerated: false,
  });
  await expect(createAdmin("second@example.org", { chosenPassword: chosen })).rejects.toThrow(
    expect.objectContaining({ code: "user.email_taken" }),
  );
  const user = await db().user.findUniqueOrThrow({ where: { email: "second@example.org" } });
  const device = await signedIn(user);
  const link = await createLink(db(), user.id, "password_reset", 1);
  const { password } = await resetPasswordLocally("second@example.org");
  rememberSecret(password, link.secret);
  expect((await new Browser().signIn(user.email, chosen)).status).toBe(401);
  expect((await new Browser().signIn(user.email, password)).status).toBe(200);
  expect((await db().session.findUniqueOrThrow({ where: { id: device.sessionId } })).endedReason).toBe(
    "password_changed",
  );
  expect(await db().oneTimeLink.count()).toBe(0);
  await expect(resetPasswordLocally("nobody@example.org")).rejects.toThrow(
    expect.objectContaining({ code: "user.not_found" }),
  );
});

test("tidying up removes what nothing asks for any more, and never an account or an audit event", async () => {
  await prepareInstall();
  const user = await makeUser();
  await signedIn(user);
  await createLink(db(), user.id, "password_reset", 1);
  await takeAttempt(attemptKey("address", "192.0.2.1"), { max: 5, windowMs: 1_000 });
  await db().idempotencyRecord.create({ data: { scope: "s", fingerprint: "f", createdAt: now() } });
  const events = await db().auditEvent.count();
  const counts = async () => [
    await db().session.count(),
    await db().oneTimeLink.count(),
    await db().attemptSlot.count({ where: { usedAt: { gt: new Date(1) } } }),
    await db().idempotencyRecord.count(),
  ];
  await tidyUp();
  expect(await counts()).toEqual([1, 1, 1, 1]);
  moveClock(3 * dayMs);
  await tidyUp();
  expect(await counts()).toEqual([1, 1, 0, 0]);
  moveClock(100 * dayMs);
  await tidyUp();
  expect(await counts()).toEqual([0, 0, 0, 0]);
  expect([await db().user.count(), await db().auditEvent.count()]).toEqual([2, events]);
});

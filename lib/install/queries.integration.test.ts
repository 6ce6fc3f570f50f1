import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { systemActor } from "../core/actor";
import { dayMs } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { countOldKeys } from "../keys/queries";
import { listUnlimitedPlans } from "../plans/queries";
import { useDatabase } from "../testing/database";
import { makeAdmin, makeKey, makeUser, signedIn } from "../testing/factories";
import { describeInstall, readSafety } from "./queries";

test("what administrators see of the install holds no secret and no password of the database", async () => {
  await useDatabase({
    settings: { AUTH_SECRET: "mZ3v9Qx7Lk2Wb8Rt5Yn1Hc6Jd4Fs0Gp_Aq", ADMIN_PASSWORD: "hunter2-hunter2" },
  });
  const file = readFileSync(path.join(env().dataDir, "secrets.json"), "utf8");
  const secrets = [...file.matchAll(/"value": "([^"]+)"/g)].map(([, value = ""]) => value);
  expect(secrets).toHaveLength(5);
  const text = JSON.stringify(describeInstall(systemActor("test")));
  for (const secret of [...secrets, "mZ3v9Qx7Lk2Wb8Rt5Yn1Hc6Jd4Fs0Gp_Aq", "hunter2"])
    expect(text).not.toContain(secret);
  await useDatabase({
    isEmpty: true,
    settings: { DATABASE_URL: "postgresql://adyton:hunter2@db.internal:5432/adyton" },
  });
  const other = JSON.stringify(describeInstall(systemActor("test")));
  expect(other).toContain("db.internal:5432/adyton");
  expect(other).not.toMatch(/hunter2|adyton:/);
  await useDatabase();
});

test("nobody but an administrator sees it", async () => {
  const { actor } = await signedIn(await makeUser());
  expect(() => describeInstall(actor)).toThrow(expect.objectContaining({ code: "auth.forbidden" }));
});

test("the security page is told who has a second factor, which plans bound nothing, and what is wrong", async () => {
  const dataDir = await useDatabase();
  const [owner, other] = [await makeAdmin(), await makeAdmin()];
  await db().totp.create({
    data: { userId: owner.id, secretSealed: "-", createdAt: now(), confirmedAt: now() },
  });
  // One that was begun and never confirmed is none.
  await db().totp.create({ data: { userId: other.id, secretSealed: "-", createdAt: now() } });
  const actor = systemActor("test");
  expect(await readSafety(actor)).toMatchObject({
    adminsWithFactor: [owner.id],
    auditBrokenAt: null,
    lastBackupAt: null,
    canMail: false,
    isDemo: false,
  });
  writeFileSync(path.join(dataDir, "last-backup.json"), '{"at":"2026-11-01T00:00:00.000Z"}');
  await db().alert.create({
    data: {
      id: "alr_broken",
      key: "audit.broken",
      kind: "audit.broken",
      level: "danger",
      facts: '{"position":7,"why":"its content was changed"}',
      createdAt: now(),
    },
  });
  expect(await readSafety(actor)).toMatchObject({
    auditBrokenAt: 7,
    lastBackupAt: new Date("2026-11-01T00:00:00.000Z"),
  });

  // Whoever runs the install may be without limits.
  expect(await listUnlimitedPlans(actor)).toEqual([]);
  await makeUser({ planId: "owner" });
  expect(await listUnlimitedPlans(actor)).toEqual([{ id: "owner", name: "Owner", members: 1 }]);

  const { key } = await makeKey(owner);
  expect(await countOldKeys(actor)).toBe(0);
  await db().apiKey.update({
    where: { id: key.id },
    data: { createdAt: new Date(now().getTime() - 366 * dayMs), expiresAt: null },
  });
  expect(await countOldKeys(actor)).toBe(1);
});

test("nobody but administrators is told", async () => {
  const { actor } = await signedIn(await makeUser());
  for (const ask of [readSafety, listUnlimitedPlans, countOldKeys])
    await expect(ask(actor)).rejects.toMatchObject({ code: "auth.forbidden" });
});

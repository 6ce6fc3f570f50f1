import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { systemActor } from "../core/actor";
import { env } from "../infra/env";
import { useDatabase } from "../testing/database";
import { makeUser, signedIn } from "../testing/factories";
import { describeInstall } from "./queries";

test("what administrators see of the install holds no secret and no password of the database", async () => {
  await useDatabase({
    settings: { AUTH_SECRET: "mZ3v9Qx7Lk2Wb8Rt5Yn1Hc6Jd4Fs0Gp_Aq", ADMIN_PASSWORD: "hunter2-hunter2" },
  });
  const secrets = JSON.parse(readFileSync(path.join(env().dataDir, "secrets.json"), "utf8")) as Record<
    string,
    string
  >;
  const text = JSON.stringify(describeInstall(systemActor("test")));
  for (const secret of [...Object.values(secrets), "mZ3v9Qx7Lk2Wb8Rt5Yn1Hc6Jd4Fs0Gp_Aq", "hunter2"])
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

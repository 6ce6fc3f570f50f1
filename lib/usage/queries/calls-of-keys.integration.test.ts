import { expect, test } from "vitest";
import { db } from "../../infra/db/client";
import { makeUser, signedIn } from "../../testing/factories";
import { fillUsage } from "../../testing/usage";
import { callsOfKeys } from "./calls-of-keys";
import { usageReport } from "./usage-report";

test("the calls drawn beside a key are those of the report, and nobody else's key has any", async () => {
  const days = 7;
  const { users, keys } = await fillUsage({ calls: 400, users: 2, keys: 2, models: 2, days });
  const [owner, other] = await Promise.all(
    users.map(async (id) => (await signedIn(await db().user.findUniqueOrThrow({ where: { id } }))).actor),
  );
  const [key = "", keyOfOther = ""] = keys;
  if (!owner || !other) throw new Error("There are two people.");
  const calls = await callsOfKeys(owner, [key, keyOfOther], days);
  expect(Object.keys(calls)).toEqual([key]);
  const report = await usageReport(owner, { group_by: "day", key });
  expect(calls[key]).toEqual(report.items.slice(-days).map((item) => item.calls));
  expect(calls[key]?.some((count) => count > 0)).toBe(true);
  expect(Object.keys(await callsOfKeys(other, [key, keyOfOther], days))).toEqual([keyOfOther]);
  expect(await callsOfKeys((await signedIn(await makeUser())).actor, [key], days)).toEqual({});
});

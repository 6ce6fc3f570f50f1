import { expect, test } from "vitest";
import { db } from "../infra/db/client";
import { useDatabase } from "./database";
import { makeUser } from "./factories";

// Seen failing on Postgres: with the client closed before the new database is made, instead of after.
test("what an earlier test left running cannot hold a test to the database of before", async () => {
  await useDatabase();
  await makeUser();
  const leftRunning = setInterval(() => void db(), 1);
  await useDatabase();
  clearInterval(leftRunning);
  expect(await db().user.count()).toBe(0);
});

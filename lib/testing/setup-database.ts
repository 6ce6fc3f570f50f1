import { afterAll, afterEach } from "vitest";
import { resetClock } from "../infra/clock";
import { dropDatabases, useDatabase } from "./database";
import { assertNothingLeaked, collectLog } from "./leaks";

// Each test file has a database of its own.
await useDatabase();
collectLog();

afterEach(() => resetClock());

afterAll(async () => {
  try {
    await assertNothingLeaked();
  } finally {
    await dropDatabases();
  }
});

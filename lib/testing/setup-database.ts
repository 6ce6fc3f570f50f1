import { afterAll, afterEach, beforeEach } from "vitest";
import { resetClock } from "../infra/clock";
import { dropDatabases, useDatabase } from "./database";
import { assertNothingLeaked, collectLog, showErrorsOf } from "./leaks";

// Each test file has a database of its own.
await useDatabase();
collectLog();

beforeEach(showErrorsOf);
afterEach(() => resetClock());

afterAll(async () => {
  try {
    await assertNothingLeaked();
  } finally {
    await dropDatabases();
  }
});

import { expect, test } from "vitest";
import type { KeyRow } from "./key-calls";
import {
  bodyOf,
  changeOf,
  cidrsFault,
  freshValues,
  itemsOf,
  keepExpiry,
  limitFault,
  modelsFault,
  valuesOf,
} from "./key-values";
import { presetOf, wordsOf } from "./key-words";

const at = Date.parse("2026-07-01T12:00:00Z");

const row: KeyRow = {
  id: "key_1",
  name: "Nightly report",
  prefix: "ady_abcd",
  last4: "wxyz",
  scopes: ["predict", "models:read"],
  models: ["iris"],
  cidrs: null,
  limits: { per_minute: 500, per_hour: null, concurrency: null },
  state: "live",
  created_at: "2026-06-01T12:00:00.000Z",
  expires_at: "2026-08-01T12:00:00.000Z",
  last_used_at: null,
  last_used_address: null,
  revoked_at: null,
  revoked_reason: null,
  frozen_at: null,
  frozen_reason: null,
  on_unusual_use: "notify",
  slowed_at: null,
  replaced_by: null,
};

test("an untouched form changes nothing, in whatever order the scopes come", () => {
  const values = valuesOf(row, keepExpiry);
  expect(changeOf(row, values, at)).toEqual({});
  expect(changeOf(row, { ...values, scopes: values.scopes.toReversed() }, at)).toEqual({});
});

test("only what was changed is sent: a limit above a lowered plan must not keep a name from changing", () => {
  const values = valuesOf(row, keepExpiry);
  expect(changeOf(row, { ...values, name: "Weekly report" }, at)).toEqual({ name: "Weekly report" });
  expect(changeOf(row, { ...values, models: "", concurrency: "2" }, at)).toEqual({
    models: null,
    limits: { concurrency: 2 },
  });
  expect(changeOf(row, { ...values, expiry: "never" }, at)).toEqual({ expires_at: null });
  expect(changeOf(row, { ...values, unusual: "slow" }, at)).toEqual({ on_unusual_use: "slow" });
});

test("a new key ends after the days chosen, and what is left empty is no bound", () => {
  expect(bodyOf({ ...freshValues, name: " Robot ", expiry: "30" }, at)).toEqual({
    name: "Robot",
    scopes: ["predict", "models:read"],
    models: null,
    cidrs: null,
    expires_at: "2026-07-31T12:00:00.000Z",
    limits: { per_minute: null, per_hour: null, concurrency: null },
    on_unusual_use: "notify",
  });
});

test("lists are read however they are separated", () => {
  expect(itemsOf(" iris,churn-2026;a\n b ")).toEqual(["iris", "churn-2026", "a", "b"]);
});

test("a fault names the one entry that is wrong", () => {
  expect(cidrsFault("192.0.2.7, 192.0.2.0/24, 2001:db8::/32")).toBeUndefined();
  expect(cidrsFault("192.0.2.7, 10.0.0.300")).toContain("“10.0.0.300”");
  expect(modelsFault("iris, Iris Two")).toContain("“Iris”");
});

test.each([
  ["", 10, true],
  ["10", 10, true],
  ["11", 10, false],
  ["11", null, true],
  ["0", null, false],
  ["1.5", null, false],
  ["many", null, false],
  ["1000001", null, false],
])("a limit of %j under a plan of %j is fine: %j", (text, most, isFine) => {
  expect(limitFault(text, most, "Free") === undefined).toBe(isFine);
});

test("scopes are told in words and find their preset again", () => {
  expect(wordsOf(["models:read", "predict"])).toBe("Call models, see models");
  expect(presetOf(["models:read", "predict"])).toBe("call");
  expect(presetOf(["usage:read"])).toBe("numbers");
  expect(presetOf(["predict"])).toBe("custom");
});

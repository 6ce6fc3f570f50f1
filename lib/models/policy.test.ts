import { describe, expect, test } from "vitest";
import type { Origin, UserActor } from "../core/actor";
import { canUseModel } from "./policy";

const origin: Origin = { requestId: "req_1", address: "192.0.2.1", userAgent: "" };
const noLimits = { perMinute: null, perHour: null, concurrency: null };

const somebody = (role: string, keyModels?: string[] | null): UserActor => {
  const user = { id: "usr_1", email: "a@example.org", name: "A", role, planId: "free" };
  if (keyModels === undefined) return { kind: "session", origin, user, sessionId: "ses_1" };
  const key = {
    id: "key_1",
    name: "K",
    models: keyModels,
    poolId: "key_1",
    limits: noLimits,
    isSlowed: false,
  };
  return { kind: "key", origin, user, key, scopes: ["predict"] };
};

const model = (kind: "everyone" | "plans" | "users", ...ids: string[]) => ({
  name: "churn",
  access: { kind, ids: new Set(ids) },
});

describe("who may use a model", () => {
  test.each([
    ["everyone", model("everyone"), true],
    ["whoever is on one of its plans", model("plans", "paid", "free"), true],
    ["nobody on another plan", model("plans", "paid"), false],
    ["whoever is named", model("users", "usr_2", "usr_1"), true],
    ["nobody who is not named", model("users", "usr_2"), false],
    ["nobody, when the list is empty", model("users"), false],
    ["no user who is called like a plan", model("users", "free"), false],
    ["no plan that is called like a user", model("plans", "usr_1"), false],
  ])("%s", (_, asked, expected) => {
    expect(canUseModel(somebody("member"), asked)).toBe(expected);
    expect(canUseModel(somebody("member", null), asked)).toBe(expected);
    expect(canUseModel(somebody("admin"), asked)).toBe(true);
  });

  test("a key that is bound to models opens these, and only if its owner may use them", () => {
    expect(canUseModel(somebody("member", ["churn"]), model("everyone"))).toBe(true);
    expect(canUseModel(somebody("member", ["other"]), model("everyone"))).toBe(false);
    expect(canUseModel(somebody("member", ["churn"]), model("users"))).toBe(false);
    expect(canUseModel(somebody("admin", ["other"]), model("everyone"))).toBe(false);
  });
});

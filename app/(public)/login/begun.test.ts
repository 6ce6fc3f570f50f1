import { expect, test } from "vitest";
import { ApiError } from "@/app/_client/api";
import { hashOf, type Step, stepAfter, stepOfHash } from "./begun";

const refusal = (code: string, extra: Record<string, unknown>) =>
  new ApiError({ status: 401, code, title: "", detail: "", extra });

test.each<Step>([
  { kind: "factor", begun: { pending: "a+secret/=", methods: ["recovery_code", "passkey"] } },
  { kind: "setup", pending: "a secret" },
])("a sign-in that another page began goes on where it was: %o", (step) => {
  expect(stepOfHash(hashOf(step))).toEqual(step);
});

test("whoever is not told the methods offers all of them", () => {
  expect(stepOfHash("#factor=x")).toEqual({
    kind: "factor",
    begun: { pending: "x", methods: ["totp", "recovery_code", "passkey"] },
  });
});

test.each(["", "#", "#x", "#factor=", "#setup="])("the hash %j begins at the first step", (hash) => {
  expect(stepOfHash(hash)).toBeNull();
});

test("only a refusal that hands out a begun sign-in leads to a next step, and unknown methods are passed over", () => {
  const pending = "x";
  expect(
    stepAfter(refusal("auth.second_factor_required", { pending, methods: ["passkey", "telepathy"] })),
  ).toEqual({ kind: "factor", begun: { pending, methods: ["passkey"] } });
  expect(stepAfter(refusal("auth.second_factor_setup_required", { pending }))).toEqual({
    kind: "setup",
    pending,
  });
  expect(stepAfter(refusal("auth.second_factor_required", {}))).toBeNull();
  expect(stepAfter(refusal("auth.invalid_credentials", { pending }))).toBeNull();
  expect(stepAfter(new Error("x"))).toBeNull();
});

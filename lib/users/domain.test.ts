import fc from "fast-check";
import { expect, test } from "vitest";
import { isActiveAdmin, passwordLengthFault, userState } from "./domain";

const at = new Date();
const fields = { passwordHash: "x", emailVerified: null, disabledAt: null, deletedAt: null };

test.each([
  [fields, "active"],
  [{ ...fields, passwordHash: null }, "invited"],
  [{ ...fields, passwordHash: null, emailVerified: at }, "active"],
  [{ ...fields, disabledAt: at }, "disabled"],
  [{ ...fields, disabledAt: at, passwordHash: null }, "disabled"],
  [{ ...fields, deletedAt: at }, "deleted"],
  [{ passwordHash: null, emailVerified: null, disabledAt: at, deletedAt: at }, "deleted"],
] as const)("%j is %s", (user, state) => {
  expect(userState(user)).toBe(state);
  expect(isActiveAdmin({ ...user, role: "admin" })).toBe(state === "active");
  expect(isActiveAdmin({ ...user, role: "member" })).toBe(false);
});

test("a password has 8 to 256 characters, counted as people count them", () => {
  expect(passwordLengthFault("x".repeat(7))).not.toBeNull();
  expect(passwordLengthFault("x".repeat(8))).toBeNull();
  expect(passwordLengthFault("x".repeat(256))).toBeNull();
  expect(passwordLengthFault("x".repeat(257))).not.toBeNull();
  expect(passwordLengthFault("👩".repeat(8))).toBeNull();
  expect(passwordLengthFault("👩".repeat(7))).not.toBeNull();
});

test("nothing but the length decides: no rules about signs and digits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", minLength: 8, maxLength: 256 }), (password) => {
      expect(passwordLengthFault(password)).toBeNull();
    }),
  );
});

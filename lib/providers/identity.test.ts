import { expect, test } from "vitest";
import { identityOfClaims, identityOfGitHub } from "./identity";

test("an address counts as verified only where the service says true and nothing like it", () => {
  const of = (email_verified: unknown, email: unknown = "Ana@Example.org") =>
    identityOfClaims({ sub: "1", email, email_verified }).isEmailVerified;
  expect(of(true)).toBe(true);
  for (const word of ["true", 1, "yes", {}, null, undefined, false]) expect(of(word)).toBe(false);
  for (const email of ["nobody", "", 5, null, "a@b\u202e"]) expect(of(true, email)).toBe(false);
  expect(identityOfClaims({ sub: "1", email: "Ana@Example.org" }).email).toBe("ana@example.org");
});

test.each([undefined, "", 5, null, "x".repeat(256)])(
  "a person without a name there (%j) is nobody",
  (sub) => {
    expect(() => identityOfClaims({ sub, email: "ana@example.org", email_verified: true })).toThrow();
  },
);

test("of GitHub the first address counts when it is verified, and the number of the account, not its name", () => {
  const user = { id: 42, login: "ana", name: "Ana", email: "shown@example.org" };
  const of = (emails: unknown) => identityOfGitHub({ ...user, emails });
  const first = { email: "first@example.org", primary: true, verified: true };
  const other = { email: "other@example.org", primary: false, verified: true };
  expect(of([other, first])).toEqual({
    subject: "42",
    email: "first@example.org",
    isEmailVerified: true,
    name: "Ana",
    label: "ana",
  });
  expect(of([{ ...first, verified: false }, other])).toMatchObject({ isEmailVerified: false });
  for (const none of [undefined, [], [other], "no list", [{ email: 5 }]])
    expect(of(none)).toMatchObject({ email: null, isEmailVerified: false });
  for (const id of [undefined, "42", 0, -1, 1.5]) expect(() => identityOfGitHub({ ...user, id })).toThrow();
});

test("what cannot be shown in one line is not shown", () => {
  const { name, label } = identityOfClaims({
    sub: "7",
    name: "two\nlines",
    preferred_username: "x".repeat(500),
  });
  expect([name, label]).toEqual([null, "7"]);
});

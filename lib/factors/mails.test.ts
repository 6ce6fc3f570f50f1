import { expect, test } from "vitest";
import { factorChanges, factorsChangedText } from "./mails";

test.each(factorChanges)("%s is told in plain words, with where to look", (change) => {
  const { subject, text } = factorsChangedText(change, undefined, "https://adyton.example");
  expect(subject).toBe("How you sign in was changed");
  expect(text).toContain("https://adyton.example/account/security");
  expect(text).not.toMatch(/undefined|_/);
});

test.each([
  [0, "That was the last one"],
  [1, "1 is left."],
  [7, "7 are left."],
])("with %i recovery codes left, the mail says so", (left, words) => {
  expect(factorsChangedText("recovery_code_used", left, "https://a.example").text).toContain(words);
});

import { describe, expect, test } from "vitest";
import * as texts from "./texts";

const base = "https://door.example";
const link = `${base}/verify#${"a".repeat(43)}`;

const all = {
  registration: texts.registrationText(link, 24),
  "known address": texts.knownAddressText(base),
  invitation: texts.invitationText("ana@lab.example", link, 168),
  reset: texts.resetText(link, 1),
  "password changed": texts.passwordChangedText(base),
  proof: texts.proofText(link, 24),
  change: texts.changeText(link, 24),
  "taken address": texts.takenAddressText(base),
  "email changed": texts.emailChangedText("old@lab.example", "new@lab.example"),
  "account deleted": texts.accountDeletedText(),
};

describe.each(Object.entries(all))("the mail about %s", (_name, { subject, text }) => {
  test("is short, greets, says what to do when it was not you, and every link leads to this install", () => {
    expect(subject).toMatch(/^[A-Z][^\n]{5,60}$/);
    expect(text).toMatch(/^Hello,\n\n/);
    expect(text.length).toBeLessThan(900);
    expect(text).toMatch(
      /If that was you|not you|nothing changes|need do nothing|You do not know the password/,
    );
    for (const [address] of text.matchAll(/https?:\/\/\S+/g)) expect(new URL(address).origin).toBe(base);
  });
});

test("a link stands alone on its line, whole, and its time is in words", () => {
  for (const { text } of [all.registration, all.invitation, all.reset, all.proof, all.change])
    expect(text.split("\n")).toContain(link);
  expect(all.registration.text).toContain("for 24 hours");
  expect(all.invitation.text).toContain("for 7 days");
  expect(all.reset.text).toContain("for an hour");
});

import { expect, test } from "vitest";
import type { MailView } from "@/lib/mail/schema";
import { linksIn, sendLabel } from "./mail-words";

const mail = (given: Partial<MailView>): MailView => ({
  ...{
    id: "mal_1",
    kind: "invitation",
    state: "queued",
    to: "ana@example.org",
    user_id: null,
    subject: null,
  },
  ...{ attempts: 0, failure: null, created_at: "", next_at: null, done_at: null },
  ...given,
});

test.each([
  [{ state: "failed" }, true, "Send again"],
  [{ state: "kept" }, true, "Send it now"],
  [{ state: "kept" }, false, "Write it anew"],
  [{ state: "queued", failure: "The mail server could not be used (451)." }, true, "Try now"],
  [{ state: "queued" }, true, null],
  [{ state: "sent" }, true, null],
  [{ state: "dropped" }, true, null],
] as const)("only what can be sent again offers it: %j", (given, hasServer, expected) => {
  expect(sendLabel(mail(given), hasServer)).toBe(expected);
});

test("the links of a text that carry a secret are found, and no others", () => {
  const link = "http://localhost:3000/reset#abcDEF123";
  expect(linksIn(`Hello,\n\n${link}\n\nSign in: http://localhost:3000/login\n`)).toEqual([link]);
  expect(linksIn("Hello")).toEqual([]);
});

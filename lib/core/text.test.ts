import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailAddress, plainText } from "./text";

const naughtyFile = path.resolve("../shared/data/blns.json");
const hasNaughty = existsSync(naughtyFile);
if (!hasNaughty) console.warn(`SKIPPED: ${naughtyFile} is absent, the naughty strings were not tried.`);
const naughty: string[] = hasNaughty ? JSON.parse(readFileSync(naughtyFile, "utf8")) : [];

const name = plainText(100);

describe.skipIf(!hasNaughty)("the big list of naughty strings", () => {
  test("is there", () => expect(naughty.length).toBeGreaterThan(500));

  test("as a name, each is accepted exactly as it came, or refused", () => {
    const outcomes = naughty.map((text) => {
      const parsed = name.safeParse(text);
      if (parsed.success) expect(parsed.data).toBe(text);
      return parsed.success;
    });
    // Neither everything nor nothing: most are harmless text.
    expect(outcomes.filter(Boolean).length).toBeGreaterThan(300);
    expect(outcomes.filter((isAccepted) => !isAccepted).length).toBeGreaterThan(5);
  });

  test("as an e-mail address, each is refused or becomes one fixed spelling", () => {
    for (const text of naughty) {
      const parsed = emailAddress.safeParse(text);
      if (parsed.success) expect(emailAddress.parse(parsed.data)).toBe(parsed.data);
    }
  });
});

test.each([
  ["", "empty"],
  ["   ", "only blanks"],
  ["\u00a0\u2003", "only wide blanks"],
  ["a\nb", "a line break"],
  ["a\0b", "NUL"],
  ["a\u001b[31mb", "an escape sequence"],
  ["a\u2028b", "a line separator"],
  ["Ana\u202egnp.exe", "a direction mark"],
  ["Ana\u2066x", "an isolate"],
  ["\ud83d", "half a character"],
  ["x".repeat(101), "too long"],
])("a name may not be %j (%s)", (text) => expect(name.safeParse(text).success).toBe(false));

test.each([
  "Ana",
  " Ana ",
  "José 李",
  "O'Brien; DROP TABLE users",
  "👩‍💻",
  "x".repeat(100),
  "<b>x</b>",
  "null",
])("the name %j is kept exactly as it came", (text) => expect(name.parse(text)).toBe(text));

// Seen failing: with NFC before lower case (J + caron has no composed capital, its small letter has one).
test.each([
  ["Ana@Example.ORG", "ana@example.org"],
  ["  ana@example.org ", "ana@example.org"],
  ["JOSE\u0301@x.org", "jos\u00e9@x.org"],
  ["admin@localhost", "admin@localhost"],
  ["J\u030c@x.org", "\u01f0@x.org"],
])("the address %j is stored as %j", (given, stored) => expect(emailAddress.parse(given)).toBe(stored));

test.each([
  "",
  "ana",
  "@x",
  "ana@",
  "a b@x.org",
  "a@b@c",
  "a@x.org\nbcc:b@y.org",
  "\ud800@x.org",
  "a\0@x.org",
])("%j is not an address", (text) => expect(emailAddress.safeParse(text).success).toBe(false));

test("however an address is typed (case, composition, blanks) it is one identifier", () => {
  const local = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(local, (text) => {
      const parsed = emailAddress.safeParse(`${text}@x.org`);
      fc.pre(parsed.success);
      const stored = parsed.data;
      expect(emailAddress.parse(stored)).toBe(stored);
      expect(emailAddress.parse(` ${stored.normalize("NFD")} `)).toBe(stored);
    }),
    { numRuns: 2_000 },
  );
});

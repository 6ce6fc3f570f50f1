import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { env } from "./env";
import { MailRefused } from "./mail";
import { putIntoOutbox, removeFromOutbox, removeOldFromOutbox } from "./outbox";

const folder = path.join(env().dataDir, "outbox");
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mail = { to: ["ana@example.org"], subject: "Für Ana", text: "Hello,\n\nhttp://localhost/reset#abc" };
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, seconds));

test("a mail is a file for its owner alone, and goes when it is sent", async () => {
  await putIntoOutbox("mal_1", at(0), mail);
  const [name = ""] = readdirSync(folder);
  expect(name).toBe("2026-11-21T12-00-00.000Z-mal_1.eml");
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
  const text = readFileSync(path.join(folder, name), "utf8");
  expect(text).toContain("\nTo: ana@example.org\nSubject: Für Ana\n");
  expect(text).toContain(`\n\n${mail.text}\n`);
  await removeFromOutbox("mal_1", at(0));
  expect(readdirSync(folder)).toEqual([]);
});

test("no header can be smuggled in, and no address", async () => {
  const refused = { ...mail, subject: "Hello\nBcc: victim@example.org" };
  await expect(putIntoOutbox("mal_1", at(0), refused)).rejects.toBeInstanceOf(MailRefused);
  await putIntoOutbox("mal_2", at(0), {
    ...mail,
    to: ["ana@example.org", "ben@example.org\nBcc: victim@example.org"],
  });
  const [name = ""] = readdirSync(folder);
  expect(readFileSync(path.join(folder, name), "utf8")).not.toContain("victim");
});

test("only the newest thousand stay, and of those the ones that are not too old", async () => {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < 1_003; index += 1)
    writeFileSync(
      path.join(folder, `2026-11-20T12-00-00.000Z-mal_${String(index).padStart(4, "0")}.eml`),
      "",
    );
  await putIntoOutbox("mal_9", at(0), mail);
  const names = readdirSync(folder).toSorted();
  expect([names.length, names[0]]).toEqual([1_000, "2026-11-20T12-00-00.000Z-mal_0004.eml"]);
  await removeOldFromOutbox(at(0));
  expect(readdirSync(folder)).toEqual(["2026-11-21T12-00-00.000Z-mal_9.eml"]);
});

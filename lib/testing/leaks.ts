import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, type TestContext } from "vitest";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { singleton, takeSingleton } from "../infra/singleton";
import { secretShapesIn } from "./secret-shapes";
import { testPassword } from "./test-password";

const logLines: string[] = [];
const secrets = new Set<string>([testPassword]);

/** Whatever a test was handed that nobody else may ever read: links, cookies, passwords. */
export function rememberSecret(...texts: string[]): void {
  for (const text of texts) if (text.length >= 8) secrets.add(text);
}

export const collectedLog = (): readonly string[] => logLines;

/** The log is kept here instead of printed: this stands where the log would look for where to write. */
export function collectLog(): void {
  takeSingleton("log-destination");
  singleton("log-destination", () => ({ write: (text: string) => void logLines.push(text) }));
}

/** Tells why, when a test fails on an answer that only says that something went wrong. */
export function showErrorsOf({ onTestFailed }: Pick<TestContext, "onTestFailed">): void {
  const before = logLines.length;
  onTestFailed(() => {
    const errors = logLines.slice(before).filter((line) => JSON.parse(line).level >= 50);
    if (errors.length > 0) console.error(errors.join(""));
  });
}

/** After every test file: no secret of its flows is in the log or in the audit table. */
export async function assertNothingLeaked(): Promise<void> {
  const file = readFileSync(path.join(env().dataDir, "secrets.json"), "utf8");
  for (const [, value = ""] of file.matchAll(/"value": "([^"]+)"/g)) rememberSecret(value);
  const log = logLines.join("");
  const audit = JSON.stringify(await db().auditEvent.findMany());
  const leaked = (text: string) => [...secrets].filter((secret) => text.includes(secret));
  expect(leaked(log), "secrets in the log").toEqual([]);
  expect(leaked(audit), "secrets in the audit table").toEqual([]);
  expect([secretShapesIn(log), secretShapesIn(audit)], "what looks like a secret there").toEqual([[], []]);
}

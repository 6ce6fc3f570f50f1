import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect } from "vitest";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { testPassword } from "./test-password";

const logLines: string[] = [];
const secrets = new Set<string>([testPassword]);

/** Whatever a test was handed that nobody else may ever read: links, cookies, passwords. */
export function rememberSecret(...texts: string[]): void {
  for (const text of texts) if (text.length >= 8) secrets.add(text);
}

export const collectedLog = (): readonly string[] => logLines;

/** The log goes to file descriptor 1, past `process.stdout`: here it is kept instead of printed. */
export function collectLog(): void {
  const fs = createRequire(import.meta.url)("node:fs") as typeof import("node:fs");
  const write = fs.writeSync as (...parts: unknown[]) => number;
  fs.writeSync = ((...parts: unknown[]) => {
    if (parts[0] !== 1) return write(...parts);
    const text = String(parts[1]);
    logLines.push(text);
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync;
}

/** After every test file: no secret of its flows is in the log or in the audit table. */
export async function assertNothingLeaked(): Promise<void> {
  const own = Object.values(
    JSON.parse(readFileSync(path.join(env().dataDir, "secrets.json"), "utf8")) as object,
  );
  rememberSecret(...(own as string[]));
  const log = logLines.join("");
  const audit = JSON.stringify(await db().auditEvent.findMany());
  const leaked = (text: string) => [...secrets].filter((secret) => text.includes(secret));
  expect(leaked(log), "secrets in the log").toEqual([]);
  expect(leaked(audit), "secrets in the audit table").toEqual([]);
}

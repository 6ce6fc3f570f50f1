import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * What the hosts wrote to their logs, and every secret that the tests held in their hands: `logs.test.ts` looks
 * at the end whether any of the second is in the first.
 */
const folder = (): string => {
  process.env.ADYTON_EVIDENCE ??= mkdtempSync(path.join(tmpdir(), "adyton-evidence-"));
  mkdirSync(process.env.ADYTON_EVIDENCE, { recursive: true });
  return process.env.ADYTON_EVIDENCE;
};

const secretsFile = () => path.join(folder(), "secrets.txt");

export function noteSecret(value: string): void {
  if (value.length >= 8) appendFileSync(secretsFile(), `${value}\n`);
}

export const logFile = (name: string): string => path.join(folder(), `${name}.log`);

export const notedSecrets = (): string[] => [
  ...new Set(readFileSync(secretsFile(), "utf8").split("\n").filter(Boolean)),
];

export const collectedLogs = (): { name: string; text: string }[] =>
  readdirSync(folder())
    .filter((name) => name.endsWith(".log"))
    .map((name) => ({ name, text: readFileSync(path.join(folder(), name), "utf8") }));

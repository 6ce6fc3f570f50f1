import { createHmac, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { z } from "zod";
import { env, SetupError } from "./env";
import { singleton, takeSingleton } from "./singleton";

/** What each secret is for; every use has its own, so that one can be rotated without the others. */
export const secretNames = ["cookie", "pepper", "digest", "encryption", "audit"] as const;
export type SecretName = (typeof secretNames)[number];

/**
 * `known`: read by every process, used by none yet. `current`: what is made from now on is made with it. `kept`: what
 * was made with it before is still good.
 */
const version = z.strictObject({
  id: z.int().min(1),
  value: z.string().min(32),
  made_at: z.iso.datetime(),
  state: z.enum(["known", "current", "kept"]),
  /** When the next one took over. */
  replaced_at: z.iso.datetime().optional(),
  /** Of the audit secret: from this position on, no event may be sealed with an earlier one. */
  sealed_from: z.int().min(1).optional(),
});
export type SecretVersion = z.output<typeof version>;

/** Oldest first; one of them is in use. */
const versions = z
  .array(version)
  .min(1)
  .refine((list) => list.filter(({ state }) => state === "current").length === 1)
  .refine((list) => list.every(({ id }, index) => index === 0 || id > (list[index - 1]?.id ?? 0)));

/** A rotation that was begun and is not over: whoever runs the command again goes on with it. */
const rotation = z.strictObject({
  id: z.string(),
  names: z.array(z.enum([...secretNames, "tokens"])),
  announced_at: z.iso.datetime(),
  switched_at: z.iso.datetime().optional(),
  done: z.array(z.string()),
});
export type Rotation = z.output<typeof rotation>;

const shape = z.strictObject({
  /** Tells this install from others that share a server with it. No secret, and never changed. */
  tag: z.string().min(16),
  rotation: rotation.optional(),
  cookie: versions,
  pepper: versions,
  digest: versions,
  encryption: versions,
  audit: versions,
});
export type SecretsFile = z.output<typeof shape>;

/** Before there were versions: one text for each name. */
const oldShape = z.object({
  cookie: z.string().min(32),
  pepper: z.string().min(32),
  digest: z.string().min(32),
  encryption: z.string().min(32),
  audit: z.string().min(32),
});

export const secretsFile = (dataDir: string) => path.join(dataDir, "secrets.json");
export const hasSecrets = (dataDir: string): boolean => existsSync(secretsFile(dataDir));
export const newSecretValue = (): string => randomBytes(32).toString("base64url");

const firstVersions = (textFor: (name: SecretName) => string, madeAt: Date): SecretsFile => {
  const one = (name: SecretName): SecretVersion[] => [
    { id: 1, value: textFor(name), made_at: madeAt.toISOString(), state: "current" },
  ];
  const digest = one("digest");
  const tag = createHmac("sha256", digest[0]?.value ?? "")
    .update("redis-prefix\0")
    .digest("base64url")
    .slice(0, 16);
  return {
    tag,
    cookie: one("cookie"),
    pepper: one("pepper"),
    digest,
    encryption: one("encryption"),
    audit: one("audit"),
  };
};

const textOf = (secrets: SecretsFile): string => `${JSON.stringify(secrets, null, 2)}\n`;

/** What tells that the file is another one than before. */
function markOf(file: string): string {
  const { ino, mtimeMs, size } = statSync(file);
  return `${ino} ${mtimeMs} ${size}`;
}

function parse(file: string): SecretsFile {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
    const old = oldShape.safeParse(stored);
    return old.success ? firstVersions((name) => old.data[name], statSync(file).mtime) : shape.parse(stored);
  } catch (cause) {
    throw new SetupError(
      `The secrets in ${file} cannot be read. Restore the file from a backup: without it nobody can sign in.`,
      { cause },
    );
  }
}

function makeFirst(file: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, textOf(firstVersions(newSecretValue, new Date())), { mode: 0o600, flush: true });
  // A link fails when the file exists: of two processes starting at once, one wins and both read it.
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

type Reading = { secrets: SecretsFile; file: string; mark: string; checkedAt: number };

/** No process goes on with an old file for longer than this: see `rotate-secrets`, which waits for it. */
const checkMs = 1_000;

function read(): Reading {
  const file = secretsFile(env().dataDir);
  if (!existsSync(file)) makeFirst(file);
  const mark = markOf(file);
  return { secrets: parse(file), file, mark, checkedAt: performance.now() };
}

/** From memory; once a second whoever asks first looks whether the file is still the same. */
export function readSecrets(): SecretsFile {
  const reading = singleton("secrets", read);
  const at = performance.now();
  if (at - reading.checkedAt < checkMs) return reading.secrets;
  reading.checkedAt = at;
  try {
    const mark = markOf(reading.file);
    if (mark !== reading.mark) Object.assign(reading, { secrets: parse(reading.file), mark });
  } catch {
    // Gone or damaged while we run: what is in memory is still right, and the next start says what is wrong.
  }
  return reading.secrets;
}

/**
 * Replaces the file in one step: a reader, or a kill, finds the one before or the one after. For who holds the lock
 * (see secrets-lock.ts).
 */
export function changeSecrets(change: (secrets: SecretsFile) => void): SecretsFile {
  const file = secretsFile(env().dataDir);
  const secrets = structuredClone(parse(file));
  change(secrets);
  const text = textOf(shape.parse(secrets));
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, file);
  const folder = openSync(path.dirname(file), "r");
  fsyncSync(folder);
  closeSync(folder);
  takeSingleton("secrets");
  return readSecrets();
}

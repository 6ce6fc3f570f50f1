import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env, SetupError } from "./env";
import { singleton } from "./singleton";

/** What each secret is for; every use has its own, so that one can be rotated without the others. */
const names = ["cookie", "pepper", "digest", "encryption", "audit"] as const;
export type SecretName = (typeof names)[number];
type Secrets = Record<SecretName, string>;

const secretsFile = (dataDir: string) => path.join(dataDir, "secrets.json");

/** Makes the folder for database and secrets, readable by this user only. */
export function prepareDataDir(dataDir: string): void {
  // Whatever this process makes from here on (database, its journal, backups) is for this user only.
  process.umask(0o077);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    chmodSync(dataDir, 0o700);
    const probe = path.join(dataDir, `.probe-${process.pid}`);
    writeFileSync(probe, "", { mode: 0o600 });
    rmSync(probe);
  } catch (cause) {
    throw new SetupError(
      `The folder ${dataDir} cannot be written. Set DATA_DIR to a folder that this user owns.`,
      { cause },
    );
  }
}

export const hasSecrets = (dataDir: string): boolean => existsSync(secretsFile(dataDir));

function loadSecrets(dataDir: string): Secrets {
  const file = secretsFile(dataDir);
  if (!existsSync(file)) {
    const fresh = Object.fromEntries(names.map((name) => [name, randomBytes(32).toString("base64url")]));
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
    // A link fails when the file exists: of two processes starting at once, one wins and both read it.
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  try {
    const stored = JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>;
    for (const name of names) {
      if (typeof stored[name] !== "string" || stored[name].length < 32)
        throw new Error(`${name} is missing or short`);
    }
    return stored as Secrets;
  } catch (cause) {
    throw new SetupError(
      `The secrets in ${file} cannot be read. Restore the file from a backup: without it nobody can sign in.`,
      { cause },
    );
  }
}

const secrets = () => singleton("secrets", () => loadSecrets(env().dataDir));

export const secret = (name: SecretName): string =>
  name === "cookie" ? (env().authSecret ?? secrets().cookie) : secrets()[name];

export const hmac = (name: SecretName, text: string, algorithm: "sha256" | "sha384" = "sha256"): Buffer =>
  createHmac(algorithm, secret(name)).update(text).digest();

/** What is stored of a secret that was handed out. The purpose is part of it: no slot accepts another's. */
export const digest = (purpose: string, value: string): string =>
  hmac("digest", `${purpose}\0${value}`).toString("base64url");

export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const encryptionKey = (purpose: string) =>
  Buffer.from(hkdfSync("sha256", secret("encryption"), "", `adyton:${purpose}`, 32));

/** AES-256-GCM for what has to be read again; `purpose` binds the text to its place. */
export function encrypt(purpose: string, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", encryptionKey(purpose), nonce);
  return Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString(
    "base64url",
  );
}

export function decrypt(purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", encryptionKey(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}

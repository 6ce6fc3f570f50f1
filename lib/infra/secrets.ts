import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env, SetupError } from "./env";
import { readSecrets, type SecretName, type SecretVersion, secretNames } from "./secret-file";

export { hasSecrets, type SecretName } from "./secret-file";

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

const currentOf = (name: SecretName): SecretVersion =>
  readSecrets()[name].find(({ state }) => state === "current") as SecretVersion;

/** Newest first. */
const versionsOf = (name: SecretName): SecretVersion[] => readSecrets()[name].toReversed();

/**
 * What was made with a version says with which: `v2:...`. What carries no number is from the first one, before there
 * were numbers.
 */
const marked = (id: number, text: string): string => (id === 1 ? text : `v${id}:${text}`);
const mark = /^v([1-9]\d{0,8}):/;
export const versionIn = (text: string): number => Number(mark.exec(text)?.[1] ?? 1);
export const withoutVersion = (text: string): string => text.replace(mark, "");
export const withVersion = (name: SecretName, text: string): string => marked(currentOf(name).id, text);

/** Was it made with a version that another one has replaced? A newer one is only news to this process. */
export const isOutdated = (name: SecretName, text: string): boolean => versionIn(text) < currentOf(name).id;

export const secret = (name: SecretName): string =>
  name === "cookie" ? (cookieSecrets()[0] as string) : currentOf(name).value;

/** The first one seals; what any of them sealed is good. */
export function cookieSecrets(): string[] {
  const { authSecrets } = env();
  if (authSecrets) return authSecrets;
  const current = currentOf("cookie");
  const others = versionsOf("cookie").filter((version) => version !== current);
  return [current, ...others].map(({ value }) => value);
}

/** The version that a text names; undefined: it was dropped, or belongs to another install. */
const namedBy = (name: SecretName, text: string): SecretVersion | undefined =>
  readSecrets()[name].find(({ id }) => id === versionIn(text));

const keyed = (value: string, text: string, algorithm: "sha256" | "sha384" = "sha256"): Buffer =>
  createHmac(algorithm, value).update(text).digest();

/** `like`: what was made before, whose version is to be used again; null when there is no such version. */
export function hmacLike(
  name: SecretName,
  like: string,
  text: string,
  algorithm: "sha256" | "sha384" = "sha256",
): Buffer | null {
  const version = namedBy(name, like);
  return version ? keyed(version.value, text, algorithm) : null;
}

export const hmac = (name: SecretName, text: string, algorithm: "sha256" | "sha384" = "sha256"): Buffer =>
  keyed(secret(name), text, algorithm);

const macBy = (version: SecretVersion, text: string): string =>
  marked(version.id, keyed(version.value, text).toString("base64url"));

/** A keyed hash that says which version made it. */
export const mac = (name: SecretName, text: string): string => macBy(currentOf(name), text);

/** All that `mac` gave or will give for this text, newest first: for looking something up. */
export const macCandidates = (name: SecretName, text: string): string[] =>
  versionsOf(name).map((version) => macBy(version, text));

/** The same with the version that `like` names; null when there is no such version. */
export function macLike(name: SecretName, like: string, text: string): string | null {
  const version = namedBy(name, like);
  return version ? macBy(version, text) : null;
}

/** The same with at least this version; null when this process does not have it. */
export function macAtLeast(name: SecretName, id: number, text: string): string | null {
  const wanted = Math.max(id, currentOf(name).id);
  const version = readSecrets()[name].find((one) => one.id === wanted);
  return version ? macBy(version, text) : null;
}

/** What is stored of a secret that was handed out. The purpose is part of it: no slot accepts another's. */
export const digest = (purpose: string, value: string): string => mac("digest", `${purpose}\0${value}`);

/** What may be stored of it since a rotation: look it up by `in`. */
export const digestCandidates = (purpose: string, value: string): string[] =>
  macCandidates("digest", `${purpose}\0${value}`);

/** Is this the digest of it, by whichever version? */
export const isDigest = (purpose: string, value: string, text: string): boolean =>
  digestCandidates(purpose, value).some((candidate) => isSame(candidate, text));

/** Tells this install from others at a server that they share. */
export const installTag = (): string => readSecrets().tag;

/** Since when the secret that was replaced the longest ago is in use. */
export const secretsMadeAt = (): Date => {
  const names = secretNames.filter((name) => name !== "cookie" || !env().authSecrets);
  return new Date(Math.min(...names.map((name) => Date.parse(currentOf(name).made_at))));
};

/** The least version that an event at this position of the audit log may be sealed with. */
export const auditVersionAt = (position: number): number =>
  Math.max(
    1,
    ...readSecrets().audit.map(({ id, sealed_from }) => ((sealed_from ?? Infinity) <= position ? id : 1)),
  );

/** How far the audit log must reach at least. */
export const auditReach = (): number =>
  Math.max(0, ...readSecrets().audit.map(({ sealed_from }) => sealed_from ?? 0));

export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

const encryptionKey = ({ value }: SecretVersion, purpose: string) =>
  Buffer.from(hkdfSync("sha256", value, "", `adyton:${purpose}`, 32));

/** AES-256-GCM for what has to be read again; `purpose` binds the text to its place. */
export function encrypt(purpose: string, plain: string): string {
  const version = currentOf("encryption");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", encryptionKey(version, purpose), nonce);
  const sealed = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return marked(version.id, sealed.toString("base64url"));
}

export function decrypt(purpose: string, sealed: string): string {
  const version = namedBy("encryption", sealed);
  if (!version) throw new Error(`secrets.json has no version ${versionIn(sealed)} of the encryption secret`);
  const bytes = Buffer.from(withoutVersion(sealed), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", encryptionKey(version, purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}

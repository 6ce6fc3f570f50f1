import { hmacLike, isOutdated, withoutVersion, withVersion } from "../secrets";
import { singleton } from "../singleton";
import { hashInWorker } from "./worker-pool";

const cost = 12;

/**
 * bcrypt ignores whatever follows byte 72. The keyed hash in front makes every byte of a password
 * count, and a stolen database useless without the pepper. NFC is the one normalisation: the same
 * letters typed on two systems are the same password.
 */
const prepare = (password: string, like: string): string | undefined =>
  hmacLike("pepper", like, password.normalize("NFC"), "sha384")?.toString("base64");

export async function hashPassword(password: string): Promise<string> {
  // The version is settled before the slow part: a rotation in between must not mix two of them.
  const like = withVersion("pepper", "");
  const hash = (await hashInWorker({ text: prepare(password, like) ?? "", cost })) as string;
  return like + hash;
}

/** Without a hash (no such account, invitation not accepted) it takes the same time and says no. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const text = prepare(password, hash ?? "");
  const bcryptHash = hash === null || text === undefined ? decoyHash() : withoutVersion(hash);
  const matches = (await hashInWorker({ text: text ?? "", hash: bcryptHash })) as boolean;
  return hash !== null && text !== undefined && matches;
}

/** Made before the pepper was rotated: good, and to be replaced as soon as the password is at hand. */
export const isOutdatedHash = (hash: string): boolean => isOutdated("pepper", hash);

/** A well-formed hash of the same cost that no password is known for. */
const decoyHash = () =>
  singleton("decoy-hash", () => `$2b$${cost}$${"abcdefghijklmnopqrstuu"}${"0".repeat(31)}`);

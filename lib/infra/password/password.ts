import { hmac } from "../secrets";
import { singleton } from "../singleton";
import { hashInWorker } from "./worker-pool";

const cost = 12;

/**
 * bcrypt ignores whatever follows byte 72. The keyed hash in front makes every byte of a password
 * count, and a stolen database useless without the pepper. NFC is the one normalisation: the same
 * letters typed on two systems are the same password.
 */
const prepare = (password: string): string =>
  hmac("pepper", password.normalize("NFC"), "sha384").toString("base64");

export const hashPassword = async (password: string): Promise<string> =>
  (await hashInWorker({ text: prepare(password), cost })) as string;

/** Without a hash (no such account, invitation not accepted) it takes the same time and says no. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const matches = (await hashInWorker({ text: prepare(password), hash: hash ?? decoyHash() })) as boolean;
  return hash !== null && matches;
}

/** A well-formed hash of the same cost that no password is known for. */
const decoyHash = () =>
  singleton("decoy-hash", () => `$2b$${cost}$${"abcdefghijklmnopqrstuu"}${"0".repeat(31)}`);

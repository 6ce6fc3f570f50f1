import { deriveKey as deriveNatively } from "altcha-lib/algorithms/web/pbkdf2";
import type { DeriveKeyFunction } from "altcha-lib/types";
import { compress, hashStart, wordsOf } from "./sha256";

/**
 * Browsers compute in private only under https and on localhost. An install in a home network has neither, so there
 * it is done by hand: some ten times slower, but nobody is shut out.
 */
export const deriveKey: DeriveKeyFunction = (parameters, salt, password) =>
  globalThis.crypto?.subtle
    ? deriveNatively(parameters, salt, password)
    : deriveByHand(parameters, salt, password);

/** PBKDF2 with HMAC-SHA-256 (RFC 8018), one block; password and salt are short. */
export const deriveByHand: DeriveKeyFunction = async ({ cost }, salt, password) => {
  await letThePageLive();
  const key = wordsOf(password);
  const inner = compress(
    hashStart,
    key.map((word) => word ^ 0x36363636),
  );
  const outer = compress(
    hashStart,
    key.map((word) => word ^ 0x5c5c5c5c),
  );
  const hmac = (block: Uint32Array) => compress(outer, afterKey(compress(inner, block), 32));
  let last = hmac(afterKey(wordsOf(Uint8Array.of(...salt, 0, 0, 0, 1)), salt.length + 4));
  const key32 = last.slice();
  for (let round = 1; round < cost; round += 1) {
    last = hmac(afterKey(last, 32));
    for (let word = 0; word < 8; word += 1) key32[word] = (key32[word] ?? 0) ^ (last[word] ?? 0);
  }
  const bytes = new DataView(new ArrayBuffer(32));
  for (const [index, word] of key32.entries()) bytes.setUint32(index * 4, word);
  return { derivedKey: new Uint8Array(bytes.buffer) };
};

/** The last block of a hash whose first was the key: the message, the mark of its end, and how many bits it all was. */
function afterKey(message: Uint32Array, bytes: number): Uint32Array {
  const block = new Uint32Array(16);
  block.set(message);
  block[bytes / 4] = 0x80000000;
  block[15] = (64 + bytes) * 8;
  return block;
}

let livedAt = 0;
async function letThePageLive(): Promise<void> {
  if (performance.now() - livedAt < 30) return;
  await new Promise((resolve) => setTimeout(resolve));
  livedAt = performance.now();
}

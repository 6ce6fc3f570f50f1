// The compression of SHA-256 (FIPS 180-4), for where the browser's own may not be used: see `derive-key.ts`.

/** The first 64 primes: the constants are the beginnings of what follows the point in their roots. */
const primes: number[] = [];
for (let number = 2; primes.length < 64; number += 1)
  if (primes.every((prime) => number % prime !== 0)) primes.push(number);
const fractionOf = (root: number): number => (root % 1) * 2 ** 32;

const constants = Uint32Array.from(primes, (prime) => fractionOf(Math.cbrt(prime)));
export const hashStart = Uint32Array.from(primes.slice(0, 8), (prime) => fractionOf(Math.sqrt(prime)));

const turned = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));
const at = (words: Uint32Array, index: number): number => words[index] ?? 0;

const schedule = new Uint32Array(64);

export function compress(state: Uint32Array, block: Uint32Array): Uint32Array {
  schedule.set(block);
  for (let index = 16; index < 64; index += 1) {
    const early = at(schedule, index - 15);
    const late = at(schedule, index - 2);
    schedule[index] =
      at(schedule, index - 16) +
      (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) +
      at(schedule, index - 7) +
      (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const choice = (e & f) ^ (~e & g);
    const first =
      (h +
        (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
        choice +
        at(constants, index) +
        at(schedule, index)) |
      0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const after = Uint32Array.of(a, b, c, d, e, f, g, h);
  for (let index = 0; index < 8; index += 1) after[index] = at(after, index) + at(state, index);
  return after;
}

/** Up to 64 bytes as one block of 16 words, filled up with zeros. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(new ArrayBuffer(64));
  for (const [index, byte] of bytes.entries()) view.setUint8(index, byte);
  return Uint32Array.from({ length: 16 }, (_, index) => view.getUint32(index * 4));
}

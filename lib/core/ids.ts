export const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Asking the system for a few bytes costs as much as for many, and every request needs an id: a stock of them. */
const stock = new Uint8Array(4096);
let used = stock.length;

function randomByte(): number {
  if (used === stock.length) {
    crypto.getRandomValues(stock);
    used = 0;
  }
  const byte = stock[used] ?? 0;
  // What was handed out is not kept: some of it became a secret.
  stock[used] = 0;
  used += 1;
  return byte;
}

/** Uniform base62 text from the system's random source: bytes that would favour a letter are thrown away. */
export function randomBase62(length: number): string {
  const limit = 256 - (256 % base62.length);
  let text = "";
  while (text.length < length) {
    const byte = randomByte();
    if (byte < limit) text += base62[byte % base62.length];
  }
  return text;
}

export type IdPrefix =
  | "usr"
  | "ses"
  | "lnk"
  | "evt"
  | "req"
  | "key"
  | "rft"
  | "sgk"
  | "mdl"
  | "mdv"
  | "prd"
  | "rfs"
  | "rsv"
  | "lse"
  | "grn"
  | "tsk"
  | "whk"
  | "msg"
  | "alr"
  | "mal"
  | "rec"
  | "pky"
  | "chl";

export const newId = (prefix: IdPrefix): string => `${prefix}_${randomBase62(20)}`;

/** A secret to be handed out once: 43 base62 characters are 256 bits. */
export const newSecret = (): string => randomBase62(43);

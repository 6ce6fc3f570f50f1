const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Uniform base62 text from the system's random source: bytes that would favour a letter are thrown away. */
export function randomBase62(length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

export type IdPrefix = "usr" | "ses" | "lnk" | "evt" | "req";

export const newId = (prefix: IdPrefix): string => `${prefix}_${randomBase62(20)}`;

/** A secret to be handed out once: 43 base62 characters are 256 bits. */
export const newSecret = (): string => randomBase62(43);

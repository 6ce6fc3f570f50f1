import { z } from "zod";

const hex = z.string().regex(/^[0-9a-f]+$/);

/** What `GET /api/auth/captcha` gives: a challenge of ALTCHA, version 2. */
export const riddle = z.strictObject({
  parameters: z.strictObject({
    algorithm: z.literal("PBKDF2/SHA-256"),
    nonce: hex,
    salt: hex,
    cost: z.number().int(),
    keyLength: z.number().int(),
    keyPrefix: hex,
    keySignature: hex,
    expiresAt: z.number().int(),
    data: z.strictObject({
      level: z.number().int(),
      slot: z.number().int().nullable(),
      usedAt: z.number().int().nullable(),
    }),
  }),
  signature: hex,
});
export type Riddle = z.infer<typeof riddle>;

export const solvedRiddle = z.object({
  challenge: riddle,
  solution: z.object({ counter: z.number().int(), derivedKey: hex }),
});

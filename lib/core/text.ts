import { z } from "zod";

/** Control characters break logs and tables; the direction marks let a name pose as another. */
const forbidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** One line that a person wrote: kept exactly as it came, or refused. */
export const plainText = (lengthMax: number) =>
  z
    .string()
    .max(lengthMax, `At most ${lengthMax} characters.`)
    .refine((text) => text.trim() !== "", "This may not be empty.")
    .refine(
      (text) => text.isWellFormed() && !forbidden.test(text),
      "Line breaks and invisible control characters are not allowed.",
    );

/** What programs call a model by; part of addresses and file names. */
export const modelName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,62}$/,
    "The name of a model has at most 63 small letters, digits, dots, underscores and hyphens.",
  );

/**
 * An address is one identifier, however it was typed: lower case, NFC, no blanks around it. Lower case comes
 * first, because some capitals have no composed form while their small letter has one.
 */
export const emailAddress = z
  .string()
  .max(254, "An e-mail address has at most 254 characters.")
  .transform((text) => text.trim().toLowerCase().normalize("NFC"))
  .refine(
    (text) => /^[^\s@]+@[^\s@]+$/.test(text) && text.isWellFormed() && !forbidden.test(text),
    "Write an e-mail address such as ana@example.org.",
  );

import { z } from "zod";
import { plainText } from "../core/text";

/** The ways to show a second factor. */
export const factorMethods = ["totp", "recovery_code", "passkey"] as const;
export type FactorMethod = (typeof factorMethods)[number];

/** Six digits of the app, or a recovery code with whatever blanks and hyphens somebody typed. */
export const typedCode = z.string().trim().min(1).max(64);
export const confirmTotpBody = z.strictObject({ code: typedCode });

export const pendingSecret = z.string().min(20).max(100);
export const pendingBody = z.strictObject({ pending: pendingSecret });

const base64url = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .regex(/^[A-Za-z0-9_-]+$/);

/** What a browser answers to `navigator.credentials.create()`, as JSON. Members that browsers add are passed over. */
export const newPasskeyResponse = z.object({
  id: base64url(2_000),
  rawId: base64url(2_000),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url(10_000),
    attestationObject: base64url(50_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
export type NewPasskeyResponse = z.infer<typeof newPasskeyResponse>;

/** What a browser answers to `navigator.credentials.get()`. */
export const passkeyResponse = z.object({
  id: base64url(2_000),
  rawId: base64url(2_000),
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url(10_000),
    authenticatorData: base64url(10_000),
    signature: base64url(2_000),
    userHandle: base64url(200).nullish(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
export type PasskeyResponse = z.infer<typeof passkeyResponse>;

export const challengeId = z.string().min(1).max(60);
export const passkeyName = plainText(60);
export const addPasskeyBody = z.strictObject({
  challenge_id: challengeId,
  name: passkeyName,
  response: newPasskeyResponse,
});
export const renamePasskeyBody = z.strictObject({ name: passkeyName });

export const passkeyView = z.strictObject({
  id: z.string(),
  name: z.string(),
  created_at: z.iso.datetime(),
  last_used_at: z.iso.datetime().nullable(),
  is_backed_up: z.boolean(),
});
export const factorsView = z.strictObject({
  totp: z.strictObject({ on: z.boolean(), since: z.iso.datetime().nullable() }),
  recovery_codes_left: z.number().int(),
  passkeys: z.array(passkeyView),
  is_required: z.boolean(),
});
export const newTotpView = z.strictObject({ secret: z.string(), uri: z.string(), qr_svg: z.string() });
export const recoveryCodesView = z.strictObject({ recovery_codes: z.array(z.string()) });
export const addedPasskeyView = z.strictObject({
  passkey: passkeyView,
  recovery_codes: z.array(z.string()).optional(),
});
/** The options go to the browser's WebAuthn call as they are. */
export const passkeyOptionsView = z.strictObject({
  challenge_id: z.string(),
  options: z.record(z.string(), z.unknown()),
});

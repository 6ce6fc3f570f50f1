import { z } from "zod";
import { emailAddress } from "../core/text";
import { challengeId, factorMethods, passkeyResponse, pendingSecret, typedCode } from "../factors/schema";
import { newPassword } from "../users/schema";

const password = z.string().min(1).max(1_000);
/** The solution of a riddle, as ALTCHA writes it. */
const captcha = z.string().max(10_000).optional();
export const credentials = z.object({ email: emailAddress, password, captcha });

export const loginBody = z.strictObject({
  ...credentials.shape,
  /** Of the authenticator app, or a recovery code. */
  otp: typedCode.optional(),
});

/** Forms carry text only. */
const passkeyText = z
  .string()
  .max(100_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "This is not JSON." });
      return z.NEVER;
    }
  })
  .pipe(passkeyResponse);

/** What the sign-in page sends, step by step. */
export const browserSignIn = z.union([
  z.object({ pending: pendingSecret, code: typedCode }),
  z.object({ pending: pendingSecret, passkey: passkeyText }),
  z.object({ challenge_id: challengeId, passkey: passkeyText }),
  credentials,
]);
export type BrowserSignIn = z.infer<typeof browserSignIn>;

/** One proof at a time. */
export const stepUpBody = z.union([
  z.strictObject({ password }),
  z.strictObject({ code: typedCode }),
  z.strictObject({ challenge_id: challengeId, passkey: passkeyResponse }),
]);

export const stepUpOptionsView = z.strictObject({
  methods: z.array(z.enum(["password", ...factorMethods])),
  challenge_id: z.string().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

export const changePasswordBody = z.strictObject({
  current_password: password,
  new_password: newPassword,
});

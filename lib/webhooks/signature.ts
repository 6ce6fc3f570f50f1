import { createHmac, randomBytes } from "node:crypto";
import { decrypt, encrypt } from "../infra/secrets";

const secretStart = "whsec_";
/** What the secrets of endpoints are encrypted for. */
const sealPurpose = "webhook-secret";

/** As Standard Webhooks wants it: 32 random bytes, in base64. */
export const newWebhookSecret = (): string => secretStart + randomBytes(32).toString("base64");

export const sealSecret = (secret: string): string => encrypt(sealPurpose, secret);
export const unsealSecret = (sealed: string): string => decrypt(sealPurpose, sealed);

type Message = { id: string; seconds: number; body: string };

/** Who holds one of the secrets can tell that we wrote this, when, and that nobody changed it since. */
export function signatureOf({ id, seconds, body }: Message, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(secretStart.length), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64")}`;
    })
    .join(" ");
}

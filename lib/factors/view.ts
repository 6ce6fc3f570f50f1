import type { z } from "zod";
import { orNull } from "../core/time";
import type { factorsView as factorsShape, passkeyView as passkeyShape } from "./schema";

type PasskeyFields = {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  isBackedUp: boolean;
};
type FactorFields = { totpSince: Date | null; passkeys: PasskeyFields[]; recoveryCodesLeft: number };

export const passkeyView = (passkey: PasskeyFields): z.input<typeof passkeyShape> => ({
  id: passkey.id,
  name: passkey.name,
  created_at: passkey.createdAt.toISOString(),
  last_used_at: orNull(passkey.lastUsedAt),
  is_backed_up: passkey.isBackedUp,
});

export const factorsView = (factors: FactorFields, isRequired: boolean): z.input<typeof factorsShape> => ({
  totp: { on: factors.totpSince !== null, since: orNull(factors.totpSince) },
  recovery_codes_left: factors.recoveryCodesLeft,
  passkeys: factors.passkeys.map(passkeyView),
  is_required: isRequired,
});

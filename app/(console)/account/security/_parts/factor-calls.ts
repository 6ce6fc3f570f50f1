import type { z } from "zod";
import { api } from "@/app/_client/api";
import type { NewTotp } from "@/app/_client/app-setup";
import { makePasskey, type NewPasskeyChallenge } from "@/app/_client/passkey";
import type { passkeyView } from "@/lib/factors/schema";

export type PasskeyView = z.infer<typeof passkeyView>;

type MadeCodes = { recovery_codes: string[] };
type AddedPasskey = { passkey: PasskeyView; recovery_codes?: string[] };

const path = (rest: string): string => `/api/auth/mfa/${rest}`;
const passkeyPath = (id: string): string => path(`passkeys/${encodeURIComponent(id)}`);

export const beginApp = () => api<NewTotp>("POST", path("totp"));
export const removeApp = () => api("DELETE", path("totp"));
export const renamePasskey = (id: string, name: string) =>
  api<PasskeyView>("PATCH", passkeyPath(id), { name });
export const removePasskey = (id: string) => api("DELETE", passkeyPath(id));

export const confirmApp = async (code: string): Promise<string[]> =>
  (await api<MadeCodes>("POST", path("totp/confirm"), { code })).recovery_codes;
export const makeRecoveryCodes = async (): Promise<string[]> =>
  (await api<MadeCodes>("POST", path("recovery-codes"))).recovery_codes;

/** Recovery codes come along with the first factor. */
export async function addPasskey(name: string): Promise<string[]> {
  const challenge = await api<NewPasskeyChallenge>("POST", path("passkeys/options"));
  const response = await makePasskey(challenge);
  const body = { challenge_id: challenge.challenge_id, name, response };
  return (await api<AddedPasskey>("POST", path("passkeys"), body)).recovery_codes ?? [];
}

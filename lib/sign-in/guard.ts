import type { AnonymousActor } from "../core/actor";
import { addressBucket } from "../core/address";
import { listFamiliarAddresses } from "../sessions/queries";
import { loginWindowMs, type Settings } from "../settings/schema";
import type { User } from "../users/queries";
import { type Attempt, attemptKey, takeAttempt } from "./attempts";
import { isDeviceOf } from "./device";

/** Per address always; per e-mail only where that person has never been signed in from. */
export async function countAttempt(
  actor: AnonymousActor,
  email: string,
  user: User | null,
  settings: Settings,
  deviceToken: string | undefined,
): Promise<Attempt[]> {
  const windowMs = loginWindowMs(settings);
  const bucket = addressBucket(actor.origin.address);
  const byAddress = await takeAttempt(attemptKey("address", bucket), {
    max: settings.login_attempts_max,
    windowMs,
  });
  const familiar = await listFamiliarAddresses(email);
  const isFamiliar =
    familiar.some((address) => addressBucket(address) === bucket) || isDeviceOf(user?.id ?? "", deviceToken);
  if (isFamiliar) return [byAddress];
  const byEmail = await takeAttempt(attemptKey("email", email), {
    max: settings.login_attempts_max * 2,
    windowMs,
  });
  return [byAddress, byEmail];
}

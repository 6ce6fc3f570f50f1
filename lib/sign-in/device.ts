import { randomBase62 } from "../core/ids";
import { digest, isDigest } from "../infra/secrets";

/**
 * A browser that signed in once carries this token afterwards. It opens nothing; it only keeps the limit
 * per e-mail address, which a stranger can use up from anywhere, from locking the real owner out.
 */
export function createDeviceToken(userId: string): string {
  const device = randomBase62(22);
  return `${device}.${digest("device", `${userId}.${device}`)}`;
}

export function isDeviceOf(userId: string, token: string | undefined): boolean {
  const [device, mark] = token?.split(".") ?? [];
  return device !== undefined && mark !== undefined && isDigest("device", `${userId}.${device}`, mark);
}

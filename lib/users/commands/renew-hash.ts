import { db } from "../../infra/db/client";
import { log } from "../../infra/log";
import { hashPassword, isOutdatedHash } from "../../infra/password/password";

/**
 * After a rotation of the pepper: a password that was just right is hashed anew, aside from the request. When that
 * fails (many sign in at once), the next sign-in does it.
 */
export async function renewHash(
  user: { id: string; passwordHash: string | null },
  password: string,
): Promise<void> {
  if (user.passwordHash === null || !isOutdatedHash(user.passwordHash)) return;
  try {
    const passwordHash = await hashPassword(password);
    // No updatedAt, no event: it is the same password. Changed meanwhile, the row is another's business.
    await db().user.updateMany({
      where: { id: user.id, passwordHash: user.passwordHash },
      data: { passwordHash },
    });
  } catch (error) {
    log().debug({ err: error }, "a password was not hashed anew; the next sign-in does it");
  }
}

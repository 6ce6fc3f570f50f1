import { isPerson, type PersonActor } from "../core/actor";
import { AppError } from "../core/errors";
import { type Database, db, type Prisma } from "../infra/db/client";
import type { Factors } from "./domain";

export { needsFactor } from "./domain";

export async function factorsOf(userId: string, database: Database = db()): Promise<Factors> {
  const [totp, passkeys, recoveryCodesLeft] = await Promise.all([
    database.totp.count({ where: { userId, confirmedAt: { not: null } } }),
    database.passkey.count({ where: { userId } }),
    database.recoveryCode.count({ where: { userId, usedAt: null } }),
  ]);
  return { hasTotp: totp > 0, passkeys, recoveryCodesLeft, hasAny: totp > 0 || passkeys > 0 };
}

/** Users who could show no second factor. */
export const withoutFactor: Prisma.UserWhereInput = {
  passkeys: { none: {} },
  NOT: { totp: { is: { confirmedAt: { not: null } } } },
};

/** What the page about one's own sign-in shows; never a secret. */
export async function getOwnFactors(actor: PersonActor) {
  if (!isPerson(actor)) throw new AppError("auth.forbidden");
  const userId = actor.user.id;
  const [totp, passkeys, recoveryCodesLeft] = await Promise.all([
    db().totp.findFirst({ where: { userId, confirmedAt: { not: null } }, select: { confirmedAt: true } }),
    db().passkey.findMany({ where: { userId }, orderBy: { createdAt: "asc" }, take: 100 }),
    db().recoveryCode.count({ where: { userId, usedAt: null } }),
  ]);
  return { totpSince: totp?.confirmedAt ?? null, passkeys, recoveryCodesLeft };
}

export type OwnFactors = Awaited<ReturnType<typeof getOwnFactors>>;
export type Passkey = Prisma.PasskeyGetPayload<object>;

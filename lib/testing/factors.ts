import { replaceRecoveryCodes } from "../factors/recovery-codes";
import { codeAt, newTotpSecret, sealTotpSecret, stepAt } from "../factors/totp";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { rememberSecret } from "./leaks";

/** The code that the app shows, `away` steps from now. */
export const codeOf = (secret: string, away = 0): string => codeAt(secret, stepAt(now()) + away);

/** Six digits that are no code of this app around now. */
export function wrongCodeOf(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((away) => codeOf(secret, away));
  return (
    ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !right.includes(code)) ?? ""
  );
}

/** A connected app and a list of recovery codes, none of them used; sessions stay as they are. */
export async function connectApp(user: { id: string }) {
  const secret = newTotpSecret();
  await db().totp.create({
    data: { userId: user.id, secretSealed: sealTotpSecret(secret), createdAt: now(), confirmedAt: now() },
  });
  const recoveryCodes = await db().$transaction((transaction) => replaceRecoveryCodes(transaction, user.id));
  rememberSecret(secret, ...recoveryCodes);
  return { secret, recoveryCodes };
}

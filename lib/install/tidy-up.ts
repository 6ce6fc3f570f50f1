import { removeOldAlerts } from "../alerts/commands/remove-old-alerts";
import { dayMs } from "../core/time";
import { removeOldChallenges } from "../factors/commands/remove-old-challenges";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { log } from "../infra/log";
import { removeOldMails } from "../mail/commands/remove-old-mails";
import { removeUnusedFiles } from "../models/commands/remove-unused-files";
import { deleteExpiredPredictions } from "../predictions/recorder";
import { removeSpentProofs } from "../proofs/commands";
import { removeOldRefusals } from "../refusals/recorder";
import { removeOldTasks } from "../tasks/commands/delete-task";
import { removeOldUsage } from "../usage/counters";
import { removeOldDeliveries } from "../webhooks/commands/remove-old-deliveries";
import { dropUnusedSecrets } from "./rotation/drop-unused";

const answersKeptMs = dayMs;
const attemptsKeptMs = 2 * dayMs;
const linksKeptMs = 30 * dayMs;
const sessionsKeptMs = 90 * dayMs;
/** A spent refresh token is told from an unknown one as long as its session could have lived. */
const refreshTokensKeptMs = dayMs;

/** Removes what nothing asks for any more. Audit events and users are never removed. */
export async function tidyUp(): Promise<void> {
  const before = (ms: number) => ({ lt: new Date(now().getTime() - ms) });
  try {
    await db().idempotencyRecord.deleteMany({ where: { createdAt: before(answersKeptMs) } });
    await db().attemptSlot.deleteMany({ where: { usedAt: before(attemptsKeptMs) } });
    await db().oneTimeLink.deleteMany({ where: { expiresAt: before(linksKeptMs) } });
    await db().refreshToken.deleteMany({ where: { expiresAt: before(refreshTokensKeptMs) } });
    await db().signingKey.deleteMany({ where: { expiresAt: before(0) } });
    await db().session.deleteMany({ where: { expiresAt: before(sessionsKeptMs) } });
    // A program may exchange its key for a token many times an hour; nobody looks at these afterwards.
    await db().session.deleteMany({ where: { kind: "key", expiresAt: before(0) } });
    await removeOldChallenges();
    await removeSpentProofs();
    await removeUnusedFiles();
    await deleteExpiredPredictions();
    await removeOldRefusals();
    await removeOldUsage();
    await removeOldTasks();
    await removeOldDeliveries();
    await removeOldAlerts();
    await dropUnusedSecrets();
    await removeOldMails();
  } catch (error) {
    log().warn({ err: error }, "tidying up failed; it is tried again in an hour");
  }
}

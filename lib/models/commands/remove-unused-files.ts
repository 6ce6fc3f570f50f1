import { audited } from "../../audit/commands/audited";
import { systemActor } from "../../core/actor";
import { dayMs } from "../../core/time";
import { now } from "../../infra/clock";
import { removeFiles } from "../files";
import { listFilesInUse } from "../queries";

const unusedKeptMs = dayMs;

/**
 * Removes files that no version uses, and what is left of uploads that broke off. As an audited change that records
 * nothing: no version can be made from a file between looking and removing, in whatever process.
 */
export async function removeUnusedFiles(): Promise<void> {
  const before = new Date(now().getTime() - unusedKeptMs);
  await audited(systemActor("tidy-up"), async (transaction) => {
    await removeFiles(await listFilesInUse(transaction, before), before);
  });
}

import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import type { Transaction } from "../../infra/db/client";
import { readHeaders, type VersionRow } from "../live";
import { requireFile, type VersionContent } from "./read-source";

type Place = { modelId: string; number: number; note: string | null; createdByLabel: string };

/** Inside of an audited change, so that its file cannot go before it is written. */
export async function insertVersion(
  transaction: Transaction,
  content: VersionContent,
  { note, ...place }: Place,
): Promise<VersionRow> {
  if (content.fileSha256 !== null) await requireFile(content.fileSha256);
  return transaction.modelVersion.create({
    data: { ...content, ...place, id: newId("mdv"), note: note ?? "", createdAt: now() },
  });
}

/** What the audit log says of a version: where it comes from, never a secret. */
export function versionDetail(row: VersionRow): Record<string, unknown> {
  if (row.upstream === null)
    return { version: row.number, runner: row.runner, sha256: row.fileSha256, bytes: row.fileBytes };
  const { preset, url } = JSON.parse(row.upstream);
  // What stands behind the ? of an address can be a key.
  const { origin, pathname } = new URL(url);
  const headerNames = Object.keys(readHeaders(row));
  return {
    version: row.number,
    runner: row.runner,
    preset,
    url: origin + pathname,
    header_names: headerNames,
  };
}

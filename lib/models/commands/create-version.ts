import { audited } from "../../audit/commands/audited";
import { type Actor, actorName, requireAdmin } from "../../core/actor";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { usedAfter, usedEdits } from "../domain/use-versions";
import type { ModelRow, VersionRow } from "../live";
import { getModelRow } from "../queries";
import type { CreateVersion } from "../schema";
import { insertVersion, versionDetail } from "./insert-version";
import { readSource } from "./read-source";

export type NewVersion = { model: ModelRow; version: VersionRow };

/**
 * Adds a version. Its number is the next free one: audited changes run one after the other on both databases, so
 * two that are made at once, by whatever processes, get two numbers.
 */
export async function createVersion(actor: Actor, name: string, input: CreateVersion): Promise<NewVersion> {
  requireAdmin(actor);
  const content = await readSource(input.source, input.signature, await getModelRow(actor, name, db()));
  return audited(actor, async (transaction, record) => {
    const model = await getModelRow(actor, name, transaction);
    const number = Math.max(...model.versions.map((version) => version.number)) + 1;
    const place = { modelId: model.id, number, note: input.note, createdByLabel: actorName(actor) };
    const version = await insertVersion(transaction, content, place);
    const change = input.becomes === "nothing" ? {} : { [input.becomes]: number };
    const used = usedAfter(model, change);
    await transaction.model.update({ where: { id: model.id }, data: { ...used, updatedAt: now() } });
    const object = { type: "model" as const, id: model.id, label: name };
    record({ action: "model.version_created", object, detail: versionDetail(version) });
    if (input.becomes !== "nothing")
      record({ action: "model.promoted", object, detail: usedEdits(model, used) });
    return { model: { ...model, ...used }, version };
  });
}

import type { z } from "zod";
import { audited } from "../../audit/commands/audited";
import type { Actor } from "../../core/actor";
import { invalid } from "../../core/errors";
import { now } from "../../infra/clock";
import { usedAfter, usedEdits } from "../domain/use-versions";
import type { ModelRow } from "../live";
import { getModel, getModelRow, type LiveModel } from "../queries";
import type { useVersionsBody } from "../schema";

type Change = z.output<typeof useVersionsBody>;

/** Promotes or rolls back, which is the same: any version of the model can come into use. */
export async function promoteVersion(actor: Actor, name: string, change: Change): Promise<LiveModel> {
  await audited(actor, async (transaction, record) => {
    const model = await getModelRow(actor, name, transaction);
    assertExists(model, "/stable", change.stable);
    assertExists(model, "/next", change.next);
    const used = usedAfter(model, change);
    const edits = usedEdits(model, used);
    if (Object.keys(edits).length === 0) return;
    await transaction.model.update({ where: { id: model.id }, data: { ...used, updatedAt: now() } });
    record({ action: "model.promoted", object: { type: "model", id: model.id, label: name }, detail: edits });
  });
  return getModel(actor, name);
}

function assertExists(
  { name, versions }: ModelRow,
  pointer: string,
  number: number | null | undefined,
): void {
  if (number === undefined || number === null || versions.some((version) => version.number === number))
    return;
  const numbers = versions.map((version) => version.number).join(", ");
  throw invalid(pointer, `${name} has no version ${number}.`, `Choose one of these: ${numbers}.`);
}

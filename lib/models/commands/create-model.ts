import { audited } from "../../audit/commands/audited";
import { type Actor, actorName, requireAdmin } from "../../core/actor";
import { AppError } from "../../core/errors";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import { limitsData } from "../domain/write-model";
import { getModel, type LiveModel } from "../queries";
import type { CreateModel } from "../schema";
import { storedAccess } from "./check-access";
import { insertVersion, versionDetail } from "./insert-version";
import { readSource } from "./read-source";

/** A model and its first version, which is in use at once. */
export async function createModel(actor: Actor, input: CreateModel): Promise<LiveModel> {
  requireAdmin(actor);
  const content = await readSource(input.source, input.signature, null);
  await audited(actor, async (transaction, record) => {
    // Of a deleted model too: a key that was bound to the name must not open something else.
    const taken = await transaction.model.findUnique({ where: { name: input.name } });
    if (taken) throw new AppError("model.name_taken");
    const id = newId("mdl");
    const at = now();
    await transaction.model.create({
      data: {
        id,
        name: input.name,
        title: input.title,
        description: input.description,
        ...(await storedAccess(transaction, input.access)),
        history: input.history.kind,
        historyDays: input.history.days,
        ...limitsData(input.limits),
        stable: 1,
        createdAt: at,
        updatedAt: at,
      },
    });
    const place = { modelId: id, number: 1, note: input.note, createdByLabel: actorName(actor) };
    const version = await insertVersion(transaction, content, place);
    record({
      action: "model.created",
      object: { type: "model", id, label: input.name },
      detail: {
        access: input.access,
        history: input.history,
        limits: input.limits,
        ...versionDetail(version),
      },
    });
  });
  return getModel(actor, input.name);
}

import { audited } from "../../audit/commands/audited";
import type { Actor } from "../../core/actor";
import { now } from "../../infra/clock";
import { getModelRow, liveModels } from "../queries";

/** From then on it is not there for anybody. Its name stays taken, and its files go a day later. */
export async function deleteModel(actor: Actor, name: string): Promise<void> {
  await audited(actor, async (transaction, record) => {
    const { id, title } = await getModelRow(actor, name, transaction);
    await transaction.model.update({ where: { id }, data: { deletedAt: now(), updatedAt: now() } });
    record({ action: "model.deleted", object: { type: "model", id, label: name }, detail: { title } });
  });
  // Nobody may ever ask for it again, and only reading the models anew stops its runners.
  await liveModels();
}

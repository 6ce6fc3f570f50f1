import { audited } from "../../audit/commands/audited";
import type { Actor } from "../../core/actor";
import { now } from "../../infra/clock";
import {
  editsBetween,
  expensesData,
  expensesOf,
  expensesView,
  limitsData,
  limitsOf,
} from "../domain/write-model";
import { accessOf, type ModelRow } from "../live";
import { getModel, getModelRow, type LiveModel } from "../queries";
import type { ChangeModel, CreateModel, Expenses } from "../schema";
import { storedAccess } from "./check-access";

type Changeable = Pick<CreateModel, "title" | "description" | "access" | "history" | "limits"> & {
  expenses: Expenses;
  is_paused: boolean;
};

/** Changes what a model is called, who may use it and its bounds; what is absent stays. Counts for the next call. */
export async function changeModel(actor: Actor, name: string, change: ChangeModel): Promise<LiveModel> {
  await audited(actor, async (transaction, record) => {
    const model = await getModelRow(actor, name, transaction);
    const before = changeableOf(model);
    const after = changed(before, change);
    const edits = editsBetween(before, after);
    if (Object.keys(edits).length === 0) return;
    await transaction.model.update({
      where: { id: model.id },
      data: {
        title: after.title,
        description: after.description,
        // Only when it changes: the list may name somebody who was deleted since.
        ...(edits.access ? await storedAccess(transaction, after.access) : {}),
        history: after.history.kind,
        historyDays: after.history.days,
        ...limitsData(after.limits),
        ...expensesData(after.expenses),
        pausedAt: after.is_paused ? (model.pausedAt ?? now()) : null,
        updatedAt: now(),
      },
    });
    record({ action: "model.changed", object: { type: "model", id: model.id, label: name }, detail: edits });
  });
  return getModel(actor, name);
}

function changeableOf(model: ModelRow): Changeable {
  const { kind, ids } = accessOf(model);
  return {
    title: model.title,
    description: model.description,
    access: { kind, ids: [...ids] },
    history: { kind: model.history as Changeable["history"]["kind"], days: model.historyDays },
    limits: limitsOf(model),
    expenses: expensesView(expensesOf(model)),
    is_paused: model.pausedAt !== null,
  };
}

const changed = (before: Changeable, { limits, expenses, ...change }: ChangeModel): Changeable => ({
  ...before,
  ...given(change),
  limits: { ...before.limits, ...given(limits ?? {}) },
  expenses: { ...before.expenses, ...given(expenses ?? {}) },
});

type Given<T> = { [name in keyof T]?: Exclude<T[name], undefined> };

/** Without the members that are there but undefined: they would overwrite. */
const given = <T extends object>(change: T): Given<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;

import { notFound } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { requireMemberPage } from "@/lib/http/page";
import { reportOf } from "@/lib/models/live";
import { findUsableModel, type LiveModel, listUsableModels } from "@/lib/models/queries";
import { modelView } from "@/lib/models/view";
import type { ModelRow } from "./model-words";

export const rowOf = (model: LiveModel): ModelRow => modelView(model, reportOf(model.stable).state);

/** As it would be if the version on trial were the one in use. */
export const rowOfNext = (model: LiveModel): ModelRow =>
  rowOf(model.next ? { ...model, stable: model.next } : model);

export async function findModel(actor: UserActor, name: string): Promise<LiveModel | null> {
  try {
    return await findUsableModel(actor, name);
  } catch (error) {
    if (error instanceof AppError && error.code === "model.not_found") return null;
    throw error;
  }
}

/** The model of the address, looked for once per page. */
export const loadModel = cache(async (name: string): Promise<LiveModel> => {
  const actor = await requireMemberPage();
  return (await findModel(actor, name)) ?? notFound();
});

/** To choose from; who has more than a hundred models finds them by name. */
export const listChoices = async (actor: UserActor): Promise<LiveModel[]> =>
  (await listUsableModels(actor, { limit: 100 })).items;

import { notFound } from "next/navigation";
import { cache } from "react";
import { modelName } from "@/lib/core/text";
import { requireAdminPage } from "@/lib/http/page";
import { headerNamesOf } from "@/lib/models/live";
import { getModel, type LiveModel, listVersions } from "@/lib/models/queries";
import { versionView } from "@/lib/models/view";
import type { Version } from "../_parts/model-words";

/** The model of the address, read once per page. Text that cannot be a name is not even looked up. */
export const loadModel = cache(async (name: string): Promise<LiveModel> => {
  const actor = await requireAdminPage();
  if (!modelName.safeParse(name).success) notFound();
  try {
    return await getModel(actor, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "model.not_found") notFound();
    throw error;
  }
});

/** Newest first. */
export async function loadVersions(name: string): Promise<Version[]> {
  const { model, versions } = await listVersions(await requireAdminPage(), name);
  return versions.map((version) => versionView(version, model, headerNamesOf(version)));
}

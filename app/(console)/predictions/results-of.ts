import type { Result } from "@/app/_model/model-words";
import type { LiveModel } from "@/lib/models/queries";
import type { PredictionRow } from "./prediction-row";

/** By model and version, how the results in the rows are to be read. */
export function resultsOf(
  models: readonly LiveModel[],
  rows: readonly PredictionRow[],
): Record<string, Result> {
  const byName = new Map(models.map((model) => [model.name, model]));
  const results: Record<string, Result> = {};
  for (const row of rows) {
    const version = byName.get(row.model)?.versions.get(row.version);
    if (version) results[versionKey(row)] = version.signature.result;
  }
  return results;
}

export const versionKey = ({ model, version }: Pick<PredictionRow, "model" | "version">): string =>
  `${model}@${version}`;

import { env } from "@/lib/infra/env";
import type { AdminModel, Version } from "../_parts/model-words";
import { NewVersionView } from "./late-views";
import type { Reach } from "./load-reach";
import { reachWords } from "./reach-words";

type PrepareVersionProps = { model: AdminModel; versions: readonly Version[]; reach: Reach };

export function PrepareVersion({ model, versions, reach }: PrepareVersionProps) {
  const stable = versions.find(({ is_stable }) => is_stable);
  if (!stable) return null;
  return (
    <NewVersionView
      model={{ name: model.name, title: model.title }}
      stable={stable}
      reach={reachWords(reach)}
      bytesMax={env().modelBytesMax}
    />
  );
}

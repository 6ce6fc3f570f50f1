import { Badge } from "@/app/_components/badge";
import type { ModelRow } from "./model-words";
import { stateOf } from "./state-words";

export function ModelStateBadge({ model }: { model: Pick<ModelRow, "state" | "is_paused"> }) {
  const { label, tone, text } = stateOf(model);
  return (
    <span title={text}>
      <Badge tone={tone} hasDot>
        {label}
      </Badge>
    </span>
  );
}

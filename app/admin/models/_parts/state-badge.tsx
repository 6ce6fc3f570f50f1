import { Badge } from "@/app/_components/badge";
import { type AdminModel, stateWords } from "./model-words";

/** How the model is at the moment, by the runners of this process; of a paused one only what is bad news. */
export function StateBadge({ model }: { model: Pick<AdminModel, "report" | "is_paused"> }) {
  const { state, reason } = model.report;
  const { label, tone, text } = stateWords[state];
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {model.is_paused && (
        <Badge tone="warning" hasDot>
          Paused
        </Badge>
      )}
      {(!model.is_paused || state === "failing") && (
        <Badge tone={tone} hasDot>
          <span title={reason ?? text}>{label}</span>
        </Badge>
      )}
    </span>
  );
}

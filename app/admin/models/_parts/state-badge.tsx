import { Badge } from "@/app/_components/badge";
import { type AdminModel, stateWords } from "./model-words";

/** What the model does at the moment, by the runners of this process. */
export function StateBadge({ model }: { model: Pick<AdminModel, "report" | "is_paused"> }) {
  const { label, tone, text } = stateWords[model.report.state];
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {model.is_paused && (
        <Badge tone="warning" hasDot>
          Paused
        </Badge>
      )}
      <Badge tone={tone} hasDot={!model.is_paused}>
        <span title={model.report.reason ?? text}>{label}</span>
      </Badge>
    </span>
  );
}

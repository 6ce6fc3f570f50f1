import { Alert } from "@/app/_components/alert";
import type { ModelRow } from "@/app/_model/model-words";
import { stateOf } from "@/app/_model/state-words";

/** Said before somebody fills in a form that will not be answered. */
export function StateNotice({ model }: { model: ModelRow }) {
  if (!model.is_paused && model.state !== "failing") return null;
  return (
    <Alert
      className="mb-4"
      tone="warning"
      title={model.is_paused ? "The model is paused" : "The model is failing"}
      text={stateOf(model).text}
    />
  );
}

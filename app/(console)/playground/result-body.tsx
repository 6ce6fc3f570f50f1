import { BatchTable } from "@/app/_model/batch-table";
import { CallFacts } from "@/app/_model/call-facts";
import { FailureView } from "@/app/_model/failure-view";
import { JsonDetails } from "@/app/_model/json-details";
import type { ModelRow, Result } from "@/app/_model/model-words";
import { ResultView } from "@/app/_model/result-view";
import { outputText } from "@/app/_model/result-words";
import type { Answered, Outcome } from "@/app/_model/use-prediction";

type ResultBodyProps = { model: ModelRow; outcome: Outcome; secondsLeft: number };

/** How a call ended. Fetched with the first call: until then the page has no use for it. */
export function ResultBody({ model, outcome, secondsLeft }: ResultBodyProps) {
  if (outcome.kind === "failed") return <FailureView problem={outcome.problem} secondsLeft={secondsLeft} />;
  return <Answer model={model} answered={outcome} />;
}

function Answer({ model, answered }: { model: ModelRow; answered: Answered }) {
  const { result } = model.signature;
  const { output, outputs } = answered.answer;
  const isRaw = result.kind === "raw" && !outputs;
  return (
    <div className="space-y-5">
      {outputs ? (
        <BatchTable result={result} outputs={outputs} />
      ) : (
        <ResultView result={result} output={output} />
      )}
      <CallFacts answered={answered} hasHistory={model.history.kind !== "never"} />
      {!isRaw && <JsonDetails summary="The answer as JSON" label="Answer" value={answered.answer} />}
    </div>
  );
}

/** For those who do not see the result appear. */
export function spokenResult(result: Result, outcome: Outcome): string {
  // A failure is an alert already.
  if (outcome.kind === "failed") return "";
  const { output, outputs } = outcome.answer;
  if (outputs) return `${outputs.length} rows were answered.`;
  return `The model answered: ${outputText(result, output).slice(0, 300)}`;
}

import { FlaskConical } from "lucide-react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { cn } from "@/app/_components/cn";
import { Spinner } from "@/app/_components/spinner";
import { BatchTable } from "@/app/_model/batch-table";
import { CallFacts } from "@/app/_model/call-facts";
import { FailureView } from "@/app/_model/failure-view";
import { JsonView } from "@/app/_model/json-view";
import { type ModelRow, type Result, resultText } from "@/app/_model/model-words";
import { ResultView } from "@/app/_model/result-view";
import { outputText } from "@/app/_model/result-words";
import type { Answered, Outcome } from "@/app/_model/use-prediction";

type ResultCardProps = {
  model: ModelRow;
  outcome: Outcome | null;
  isRunning: boolean;
  /** Nothing was running when the page was made, so the first call waits for a start. */
  isCold: boolean;
  secondsLeft: number;
  onCancel: () => void;
};

export function ResultCard(props: ResultCardProps) {
  const { model, outcome, isRunning, isCold, secondsLeft, onCancel } = props;
  const { result } = model.signature;
  return (
    <Card
      title="Result"
      className="lg:sticky lg:top-20"
      action={isRunning && <Running isCold={isCold} onCancel={onCancel} />}
    >
      <p role="status" className="sr-only">
        {outcome?.kind === "answered" && !isRunning && spoken(result, outcome)}
      </p>
      <div className={cn("transition-opacity", isRunning && outcome && "opacity-50")}>
        {!outcome && <NoResult model={model} />}
        {outcome?.kind === "failed" && <FailureView problem={outcome.problem} secondsLeft={secondsLeft} />}
        {outcome?.kind === "answered" && <Answer model={model} answered={outcome} />}
      </div>
    </Card>
  );
}

function Running({ isCold, onCancel }: { isCold: boolean; onCancel: () => void }) {
  return (
    <span className="-my-1 flex items-center gap-3">
      <span role="status" className="flex items-center gap-2 text-muted">
        <Spinner />
        {isCold ? "Starting the model" : "Predicting"}
      </span>
      <Button size="sm" onClick={onCancel}>
        Cancel
      </Button>
    </span>
  );
}

function NoResult({ model }: { model: ModelRow }) {
  return (
    <div className="flex flex-col items-center px-4 py-10 text-center text-muted">
      <FlaskConical aria-hidden="true" className="mb-3 size-6" />
      <p className="text-balance">What the model answers appears here: {resultText(model)}.</p>
    </div>
  );
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
      {!isRaw && (
        <details>
          <summary className="w-fit rounded-sm font-medium text-[13px] text-muted hover:text-ink">
            The answer as JSON
          </summary>
          <div className="mt-3">
            <JsonView label="Answer" value={answered.answer} />
          </div>
        </details>
      )}
    </div>
  );
}

/** For those who do not see the result appear. */
function spoken(result: Result, { answer }: Answered): string {
  if (answer.outputs) return `${answer.outputs.length} rows were answered.`;
  return `The model answered: ${outputText(result, answer.output).slice(0, 300)}`;
}

import { FlaskConical } from "lucide-react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { cn } from "@/app/_components/cn";
import { Spinner } from "@/app/_components/spinner";
import { type ModelRow, resultText } from "@/app/_model/model-words";
import type { Outcome } from "@/app/_model/use-prediction";

export const loadResultBody = () => import("./result-body");

type ResultCardProps = {
  model: ModelRow;
  outcome: Outcome | null;
  /** What shows the outcome; not there before the first call. */
  body: Awaited<ReturnType<typeof loadResultBody>> | undefined;
  isRunning: boolean;
  /** Nothing was running when the page was made, so the first call waits for a start. */
  isCold: boolean;
  secondsLeft: number;
  onCancel: () => void;
};

export function ResultCard(props: ResultCardProps) {
  const { model, outcome, body, isRunning, isCold, secondsLeft, onCancel } = props;
  return (
    <Card
      title="Result"
      className="lg:sticky lg:top-20"
      action={isRunning && <Running isCold={isCold} onCancel={onCancel} />}
    >
      <p role="status" className="sr-only">
        {outcome && !isRunning && body?.spokenResult(model.signature.result, outcome)}
      </p>
      {outcome && body ? (
        <div className={cn("transition-opacity", isRunning && "opacity-50")}>
          <body.ResultBody model={model} outcome={outcome} secondsLeft={secondsLeft} />
        </div>
      ) : (
        <NoResult model={model} />
      )}
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
    <div className="flex flex-col items-center justify-center px-4 py-10 text-center text-muted lg:min-h-92">
      <FlaskConical aria-hidden="true" className="mb-3 size-6" />
      <p className="text-balance">What the model answers appears here: {resultText(model)}.</p>
    </div>
  );
}

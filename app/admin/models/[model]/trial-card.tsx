"use client";

import { type FormEvent, memo, useRef, useState } from "react";
import { ApiError, api, type Problem, toProblem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { ResultView } from "@/app/_model/result-view";
import { RowEditor } from "@/app/_model/row-editor";
import { useRowEditor } from "@/app/_model/use-row-editor";
import { exampleRow } from "@/lib/models/domain/example-row";
import type { Result, Signature } from "@/lib/models/schema";
import { modelApi } from "../_parts/model-paths";
import type { Version } from "../_parts/model-words";
import { formatMs } from "../_parts/units";
import { trialWords } from "./trial-words";

type Trial = { output: unknown; metrics: { predict_ms: number; queue_ms: number } };

type TrialCardProps = {
  model: string;
  version: Version;
  /** Perhaps not saved yet. */
  signature: Signature;
  example: Record<string, unknown>;
  /** Whether the fault is one of the signature, which is then shown there. */
  onSignatureFault: (error: unknown) => boolean;
};

export const TrialCard = memo(function TrialCard(props: TrialCardProps) {
  const { model, version, signature, example, onSignatureFault } = props;
  const editor = useRowEditor(signature.columns, example);
  const [answer, setAnswer] = useState<Trial & { result: Result }>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const rows = editor.check();
    if (isRunning.current || !rows) return;
    isRunning.current = true;
    setIsBusy(true);
    setProblem(undefined);
    try {
      const input = "input" in rows ? rows.input : rows.inputs[0];
      const body = { number: version.number, signature, input };
      const trial = await api<Trial>("POST", `${modelApi(model)}/try`, body);
      setAnswer({ ...trial, result: signature.result });
    } catch (error) {
      setAnswer(undefined);
      showError(error);
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  function showError(error: unknown) {
    if (onSignatureFault(error)) {
      return setProblem({
        ...toProblem(error),
        detail: "The names need mending first: see the marked fields.",
      });
    }
    if (!(error instanceof ApiError && editor.place(error.problem))) setProblem(toProblem(error));
  }

  const { inputs, runner, upstream } = version;
  const fillIn = () =>
    editor.fill({ input: exampleRow({ inputs, signature, runner, preset: upstream?.preset ?? null }) });

  return (
    <Card title="Try it" description={trialWords(version.number)} className="min-w-0 xl:sticky xl:top-20">
      <form onSubmit={submit} noValidate className="space-y-5">
        <RowEditor editor={editor} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" isBusy={isBusy}>
            Try it
          </Button>
          <Button onClick={fillIn}>Fill in the examples</Button>
        </div>
      </form>
      <div aria-live="polite" className="mt-5 empty:hidden">
        {problem && <ProblemAlert problem={problem} />}
        {answer && (
          <div className="space-y-4 border-t pt-5">
            <ResultView result={answer.result} output={answer.output} />
            <p className="text-[13px] text-muted tabular-nums">
              {formatMs(answer.metrics.predict_ms)} of work, {formatMs(answer.metrics.queue_ms)} of waiting
            </p>
          </div>
        )}
      </div>
    </Card>
  );
});

"use client";

import { Play, RotateCcw } from "lucide-react";
import { useState } from "react";
import { SubmitButton } from "@/app/_client/submit-button";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { useLate } from "@/app/_components/use-late";
import { EditorTabs } from "@/app/_model/editor-tabs";
import type { ModelRow } from "@/app/_model/model-words";
import { RowEditor } from "@/app/_model/row-editor";
import { SnippetCard, type SnippetKey } from "@/app/_model/snippet-card";
import { usePrediction } from "@/app/_model/use-prediction";
import { useRowEditor } from "@/app/_model/use-row-editor";
import { useInputFragment } from "./input-fragment";
import { loadResultBody, ResultCard } from "./result-card";
import { useRunShortcut } from "./use-run-shortcut";

type PlaygroundProps = {
  model: ModelRow;
  /** "next" while the version on trial is looked at. */
  version: string | undefined;
  baseUrl: string;
  keys: readonly SnippetKey[];
};

export function Playground({ model, version, baseUrl, keys }: PlaygroundProps) {
  const call = { model: model.name, ...(version ? { version } : {}) };
  const editor = useRowEditor(model.signature.columns, model.example);
  const { outcome, isRunning, secondsLeft, ...prediction } = usePrediction(call);
  const late = useLate(loadResultBody);
  const [isCold, setIsCold] = useState(model.runner === "onnx" && model.state !== "ready");
  useInputFragment(editor.rows, { input: model.example }, editor.fill);

  async function run() {
    if (isRunning || secondsLeft > 0) return;
    const rows = editor.check();
    if (!rows) return;
    const [ended] = await Promise.all([prediction.run(rows), late.open(undefined)]);
    if (ended?.kind === "failed") editor.place(ended.problem);
    if (ended?.kind === "answered") setIsCold(false);
  }
  useRunShortcut(run);

  return (
    <div
      className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2"
      // Fetched while one fills in the form, so that the result waits for nothing.
      onPointerEnter={loadResultBody}
      onFocus={loadResultBody}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Card
          title="Inputs"
          action={<EditorTabs editor={editor} />}
          footer={
            <>
              <Button
                variant="ghost"
                onClick={() => editor.fill({ input: model.example })}
                className="-ml-3.5"
              >
                <RotateCcw aria-hidden="true" />
                Example
              </Button>
              <span className="flex items-center gap-3">
                <kbd className="hidden font-sans text-[13px] sm:inline">Ctrl + Enter</kbd>
                <SubmitButton
                  isBusy={isRunning}
                  secondsLeft={secondsLeft}
                  aria-keyshortcuts="Control+Enter Meta+Enter"
                >
                  <Play aria-hidden="true" />
                  Predict
                </SubmitButton>
              </span>
            </>
          }
        >
          <RowEditor editor={editor} />
        </Card>
      </form>
      <ResultCard
        {...{ model, outcome, isRunning, isCold, secondsLeft }}
        body={late.opened?.module}
        onCancel={prediction.cancel}
      />
      <div className="min-w-0 lg:col-span-2">
        <SnippetCard
          description="The same call, with the inputs from above."
          call={{ ...call, baseUrl, rows: editor.rows, timeoutMs: model.limits.timeout_ms }}
          keys={keys}
        />
      </div>
    </div>
  );
}

"use client";

import { useDeferredValue, useRef } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { useLate } from "@/app/_components/use-late";
import type { Version } from "../_parts/model-words";
import { SignatureEditor } from "../_signature/signature-editor";
import { TensorList } from "../_signature/tensor-list";
import { useSignature } from "../_signature/use-signature";
import { trialWords } from "./trial-words";
import { VersionSelect } from "./version-select";

const load = () => import("./save-signature");
// Fetched with the first sign of somebody: it is half of what the view needs, and nothing is tried unseen.
const loadTrial = () => import("./trial-card");

type SignatureViewProps = {
  model: { name: string; title: string; isPaused: boolean; stable: number };
  version: Version;
  numbers: readonly number[];
  example: Record<string, unknown>;
};

/** The names on the left, and beside them what they do: the same form and result that people will get. */
export function SignatureView({ model, version, numbers, example }: SignatureViewProps) {
  const form = useSignature(version.signature);
  const { opened, open, close } = useLate<typeof load, typeof version.signature>(load);
  const trial = useLate(loadTrial);
  // What is half written cannot be tried; the trial goes on with the last that could.
  const tried = useRef(version.signature);
  if (form.good) tried.current = form.good;
  const shown = useDeferredValue(tried.current);
  const isChanged = JSON.stringify(form.signature) !== JSON.stringify(version.signature);

  function beginTrial() {
    if (!trial.opened) void trial.open(undefined);
  }

  async function save() {
    const signature = form.check();
    if (signature) await open(signature);
  }

  return (
    <div
      className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]"
      onPointerEnter={beginTrial}
      onFocus={beginTrial}
    >
      <Card
        title="Names for what goes in and comes out"
        description="People fill in forms with these names, and programs send them. A version keeps its names for good: saving makes a new one."
        action={
          numbers.length > 1 && (
            <VersionSelect
              label="Begin with the names of"
              param="version"
              numbers={numbers}
              shown={version.number}
            />
          )
        }
        footer={
          <>
            <span>{isChanged ? "Not saved yet." : "Nothing changed."}</span>
            <span className="flex gap-2">
              {isChanged && (
                <Button
                  size="sm"
                  onClick={() => form.dispatch({ do: "start again", signature: version.signature })}
                >
                  Discard
                </Button>
              )}
              <Button
                size="sm"
                variant="primary"
                disabled={!isChanged}
                onPointerEnter={load}
                onFocus={load}
                onClick={save}
              >
                Save as a new version
              </Button>
            </span>
          </>
        }
      >
        {version.inputs.length > 0 && (
          <div className="mb-6 rounded-md bg-sunken px-4 py-3">
            <TensorList inputs={version.inputs} outputs={version.outputs} />
          </div>
        )}
        <SignatureEditor form={form} inputs={version.inputs} outputs={version.outputs} />
      </Card>
      {trial.opened ? (
        <trial.opened.module.TrialCard
          // A form of fields and a text are different things to write in.
          key={String(shown.columns === null)}
          model={model.name}
          version={version}
          signature={shown}
          example={example}
          onSignatureFault={form.show}
        />
      ) : (
        <Card title="Try it" description={trialWords(version.number)}>
          <Button onClick={beginTrial}>Fill in a row</Button>
        </Card>
      )}
      {opened && (
        <opened.module.SaveSignature
          model={model}
          number={version.number}
          signature={opened.subject}
          onFault={form.show}
          onClose={close}
        />
      )}
    </div>
  );
}

"use client";

import { useState } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { countOf } from "@/app/admin/_parts/count";
import type { Version } from "../_parts/model-words";
import { StepCard } from "../_parts/step-card";
import { SignatureStep } from "../_signature/signature-step";
import { useSignature } from "../_signature/use-signature";
import type { FoundSource } from "../_source/source";
import { type Becomes, BecomesChoice } from "./becomes-choice";
import type { VersionStep } from "./new-version";
import { useCreateVersion } from "./use-create-version";

type NamedVersionProps = {
  model: { name: string; title: string };
  stable: Version;
  reach: string;
  found: FoundSource;
  step: VersionStep;
  onStep: (step: VersionStep) => void;
};

/** The steps after a file or service was found. */
export function NamedVersion({ model, stable, reach, found, step, onStep }: NamedVersionProps) {
  const form = useSignature(found.signature);
  const [isNamed, setIsNamed] = useState(false);
  const [note, setNote] = useState("");
  const [becomes, setBecomes] = useState<Becomes>("next");
  const { problem, isBusy, create } = useCreateVersion(model.name, (error) => {
    const isOfNames = form.show(error);
    if (isOfNames) onStep("signature");
    return isOfNames;
  });

  function submit() {
    const signature = form.check();
    if (signature) void create({ source: found.source, signature, becomes, note });
    else onStep("signature");
  }

  return (
    <>
      <StepCard
        number={2}
        title="What goes in, and what comes out?"
        state={step === "signature" ? "open" : isNamed ? "done" : "waiting"}
        summary={form.draft.hasColumns ? countOf(form.draft.columns.length, "column") : "tensors alone"}
        onChange={() => onStep("signature")}
      >
        <div className="space-y-6">
          {found.source.kind === "file" && <TensorNotice found={found} stable={stable} />}
          <SignatureStep
            found={found}
            form={form}
            next="Next: put it into use"
            onNext={() => {
              setIsNamed(true);
              onStep("use");
            }}
          />
        </div>
      </StepCard>
      <StepCard
        number={3}
        title="Who gets it?"
        state={step === "use" ? "open" : isNamed ? "done" : "waiting"}
        onChange={() => onStep("use")}
      >
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
          className="space-y-5"
        >
          <BecomesChoice value={becomes} onChange={setBecomes} />
          {becomes === "stable" && (
            <p className="text-muted">
              {reach} get it instead of version {stable.number}, which stays here: going back is one click.
            </p>
          )}
          <Field label="Note" isOptional hint="What is new in it, for those who come after.">
            <Input
              maxLength={500}
              autoComplete="off"
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </Field>
          <ProblemAlert problem={problem} />
          <div className="flex justify-end">
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Add the version
            </Button>
          </div>
        </form>
      </StepCard>
    </>
  );
}

/** Whether programs that call the version in use can go on as they are. */
function TensorNotice({ found, stable }: Pick<NamedVersionProps, "found" | "stable">) {
  const isSame = found.signature === stable.signature;
  return isSame ? (
    <Alert
      tone="success"
      title={`It takes and gives the same as version ${stable.number}`}
      text="The names in use are filled in. Leave them, and every program goes on as it is."
    />
  ) : (
    <Alert
      tone="warning"
      title={`It does not take and give the same as version ${stable.number}`}
      text="Names begin anew. Programs written for the version in use may have to be changed: put it on trial first."
    />
  );
}

"use client";

import type { ReactNode } from "react";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import type { FoundSource } from "../_source/source";
import { SignatureEditor } from "./signature-editor";
import { TensorList } from "./tensor-list";
import type { SignatureForm } from "./use-signature";

type SignatureStepProps = { found: FoundSource; form: SignatureForm; next: string; onNext: () => void };

export function SignatureStep({ found, form, next, onNext }: SignatureStepProps) {
  const { inputs, outputs } = found;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) onNext();
      }}
      className="space-y-6"
    >
      {inputs.length > 0 ? (
        <div className="rounded-md bg-sunken px-4 py-3">
          <TensorList inputs={inputs} outputs={outputs} />
        </div>
      ) : (
        <Alert title="Services like this do not say what they take" text={aboutService(found)} />
      )}
      <SignatureEditor form={form} inputs={inputs} outputs={outputs} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          {next}
        </Button>
      </div>
    </form>
  );
}

function aboutService({ source }: FoundSource): ReactNode {
  const isChat = source.kind === "upstream" && source.upstream.preset === "chat";
  return isChat
    ? "A caller sends one text and gets one back. Change the names if others fit better."
    : "Write the columns that one row has and the results that come back, with the names the service knows them by.";
}

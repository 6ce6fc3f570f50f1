"use client";

import { useState } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import type { Signature } from "@/lib/models/schema";
import { type Becomes, BecomesChoice } from "./becomes-choice";
import { useCreateVersion } from "./use-create-version";

const formId = "save-signature";

type SaveSignatureProps = {
  model: { name: string; title: string };
  /** The version whose file or service gets these names. */
  number: number;
  signature: Signature;
  onFault: (error: unknown) => boolean;
  onClose: () => void;
};

export function SaveSignature({ model, number, signature, onFault, onClose }: SaveSignatureProps) {
  const [note, setNote] = useState("");
  const [becomes, setBecomes] = useState<Becomes>("stable");
  const { problem, isBusy, create } = useCreateVersion(model.name, (error) => {
    const isOfNames = onFault(error);
    // The marked fields are behind the dialog.
    if (isOfNames) onClose();
    return isOfNames;
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      size="lg"
      title={`Save new names for ${model.title}`}
      description={`A new version with these names and the model of version ${number}. Programs that send the old names are refused where they do not fit any more, and told why.`}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            Save version
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create({ source: { kind: "version", number }, signature, becomes, note });
        }}
        className="space-y-5"
      >
        <Field label="Note" isOptional hint="What changed and why, for those who come after.">
          <Input
            data-autofocus
            maxLength={500}
            autoComplete="off"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <BecomesChoice value={becomes} onChange={setBecomes} />
        <ProblemAlert problem={problem} />
      </form>
    </Dialog>
  );
}

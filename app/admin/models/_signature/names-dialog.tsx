"use client";

import { useId, useState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Textarea } from "@/app/_components/textarea";
import { countOf } from "@/app/admin/_parts/count";
import { namesIn } from "./names-in";

type NamesDialogProps = { count: number; onNames: (names: readonly string[]) => void; onClose: () => void };

export function NamesDialog({ count, onNames, onClose }: NamesDialogProps) {
  const [text, setText] = useState("");
  const formId = useId();
  const names = namesIn(text);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Names from a list or table"
      description="Paste the first line of the file that the model was trained on, or one name on each line."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={names.length === 0}>
            {names.length === 0 ? "Use names" : `Use ${countOf(names.length, "name")}`}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          // It is inside the form of the page, as React sees it.
          event.stopPropagation();
          if (names.length === 0) return;
          onNames(names);
          onClose();
        }}
      >
        <Field label="Names" hint={hintFor(names, count)}>
          <Textarea
            data-autofocus
            rows={6}
            autoComplete="off"
            spellCheck={false}
            placeholder="sepal length, sepal width, petal length, petal width"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

function hintFor(names: readonly string[], count: number): string {
  if (names.length === 0) return `There ${count === 1 ? "is" : "are"} ${countOf(count, "column")} now.`;
  const shown = names.slice(0, 6).join(", ") + (names.length > 6 ? ", …" : "");
  if (names.length < count) return `${shown}. The other ${count - names.length} keep their names.`;
  return names.length > count
    ? `${shown}. ${countOf(names.length - count, "column")} will be added.`
    : `${shown}.`;
}

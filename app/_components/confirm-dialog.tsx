"use client";

import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog, DialogClose } from "./dialog";
import { Field } from "./field";
import { FormError } from "./form-error";
import { Input } from "./input";

type ConfirmDialogProps = {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  title: string;
  /** What stops working, and for whom. */
  consequences: ReactNode;
  confirmLabel: string;
  /** The name to type when it cannot be undone. */
  typeToConfirm?: string;
  tone?: "danger" | "neutral";
  /** A rejection keeps the dialog open and shows the message of the error. */
  onConfirm: () => Promise<void>;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const [isOpenInside, setIsOpenInside] = useState(false);
  const isOpen = props.open ?? isOpenInside;
  const setIsOpen = (next: boolean) => {
    setIsOpenInside(next);
    props.onOpenChange?.(next);
  };
  const [isBusy, setIsBusy] = useState(false);
  const formId = useId();

  return (
    <Dialog
      trigger={props.trigger}
      open={isOpen}
      onOpenChange={setIsOpen}
      isLocked={isBusy}
      size="sm"
      title={props.title}
      footer={
        <>
          <DialogClose>
            <Button disabled={isBusy}>Cancel</Button>
          </DialogClose>
          <Button
            type="submit"
            form={formId}
            variant={props.tone === "neutral" ? "primary" : "danger"}
            isBusy={isBusy}
          >
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <ConfirmForm {...props} id={formId} onBusy={setIsBusy} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}

type ConfirmFormProps = Pick<ConfirmDialogProps, "consequences" | "typeToConfirm" | "onConfirm"> & {
  id: string;
  onBusy: (isBusy: boolean) => void;
  onDone: () => void;
};

/** Inside the dialog, so that it starts afresh each time the dialog opens. */
function ConfirmForm(props: ConfirmFormProps) {
  const { id, consequences, typeToConfirm, onConfirm, onBusy, onDone } = props;
  const [typed, setTyped] = useState("");
  const [nameError, setNameError] = useState<string>();
  const [failure, setFailure] = useState<string>();
  // State arrives a render late; two quick presses must not run it twice.
  const isRunning = useRef(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isRunning.current) return;
    if (typeToConfirm && typed.trim() !== typeToConfirm) {
      setNameError(`Type “${typeToConfirm}” exactly as shown.`);
      document.getElementById(`${id}-name`)?.focus();
      return;
    }
    isRunning.current = true;
    setFailure(undefined);
    onBusy(true);
    try {
      await onConfirm();
      onDone();
    } catch (error) {
      setFailure(error instanceof Error && error.message ? error.message : "Please try again.");
    } finally {
      isRunning.current = false;
      onBusy(false);
    }
  }

  return (
    <form id={id} onSubmit={submit} noValidate className="space-y-4">
      <div className="text-muted [&_strong]:font-medium [&_strong]:text-ink">{consequences}</div>
      {typeToConfirm && (
        <Field
          htmlFor={`${id}-name`}
          error={nameError}
          label={
            <>
              Type <span className="rounded-sm bg-sunken px-1 font-mono">{typeToConfirm}</span> to confirm
            </>
          }
        >
          <Input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.target.value);
              setNameError(undefined);
            }}
          />
        </Field>
      )}
      <FormError message={failure} />
    </form>
  );
}

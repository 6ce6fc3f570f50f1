"use client";

import { type FocusEvent, type FormEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useForm } from "react-hook-form";
import { ApiError } from "@/app/_client/api";
import { explainError } from "@/app/_client/explain-error";
import { Field } from "@/app/_components/field";
import { FormError } from "@/app/_components/form-error";
import { Input } from "@/app/_components/input";
import { faultsOf } from "@/app/admin/_parts/faults-of";
import { ExpiryChoice } from "./expiry-choice";
import { fieldOfMember, type KeyOwner, type KeyValues, nameFault } from "./key-values";
import { isInMoreLimits, MoreLimits } from "./more-limits";
import { ScopeChoice } from "./scope-choice";
import { UnusualChoice } from "./unusual-choice";

type KeyFormProps = {
  id: string;
  owner: KeyOwner;
  initial: KeyValues;
  /** The end that the key has now; absent for a new one. */
  expiresAt?: string | null;
  onBusy: (isBusy: boolean) => void;
  /** A rejection keeps everything that was typed and is shown at its fields. */
  send: (values: KeyValues) => Promise<void>;
};

const members = Object.keys(fieldOfMember) as (keyof typeof fieldOfMember)[];

export function KeyForm({ id, owner, initial, expiresAt, onBusy, send }: KeyFormProps) {
  const form = useForm<KeyValues>({ defaultValues: initial });
  const { register, handleSubmit, setError, trigger, formState } = form;
  const [failure, setFailure] = useState<{ message: string; requestId?: string | undefined }>();
  const hasLimits = isInMoreLimits.some((name) => initial[name] !== "");
  const [areLimitsOpen, setAreLimitsOpen] = useState(hasLimits);
  const isRunning = useRef(false);

  /** A field that is folded away cannot take the focus. */
  const unfoldFor = (names: readonly string[]) =>
    isInMoreLimits.some((name) => names.includes(name)) && flushSync(() => setAreLimitsOpen(true));

  function showFaults(error: unknown) {
    const faults = faultsOf(error, members);
    if (!faults) {
      const requestId =
        error instanceof ApiError && error.problem.status >= 500 ? error.problem.request_id : undefined;
      return setFailure({ message: explainError(error), requestId });
    }
    const faulty = members.filter((member) => faults[member]);
    unfoldFor(faulty.map((member) => fieldOfMember[member]));
    faulty.forEach((member, index) => {
      setError(
        fieldOfMember[member],
        { type: "server", message: faults[member] },
        { shouldFocus: index === 0 },
      );
    });
  }

  /**
   * On the way to the next text: a message that appears while a choice is being pressed would move the choice
   * away from under the pointer. And what is still empty is no fault yet.
   */
  function checkLeft({ target, relatedTarget }: FocusEvent<HTMLFormElement>) {
    if (isText(target) && target.value !== "" && isText(relatedTarget)) trigger(nameOf(target));
  }

  function checkAgain({ target }: FormEvent<HTMLFormElement>) {
    if (target instanceof HTMLInputElement && formState.errors[nameOf(target)]) trigger(nameOf(target));
  }

  const submit = handleSubmit(
    async (values) => {
      if (isRunning.current) return;
      isRunning.current = true;
      onBusy(true);
      setFailure(undefined);
      try {
        await send(values);
      } catch (error) {
        showFaults(error);
      }
      isRunning.current = false;
      onBusy(false);
    },
    (faults) => unfoldFor(Object.keys(faults)),
  );

  return (
    <form id={id} onSubmit={submit} onBlur={checkLeft} onInput={checkAgain} noValidate className="space-y-5">
      <Field
        label="Name"
        error={formState.errors.name?.message}
        hint="What will use it, such as “Nightly report”. One key for each program: then each can be taken back alone."
      >
        <Input
          autoComplete="off"
          maxLength={100}
          data-autofocus
          {...register("name", { validate: nameFault })}
        />
      </Field>
      <ScopeChoice form={form} scopes={owner.scopes} />
      <ExpiryChoice form={form} expiresAt={expiresAt} />
      <UnusualChoice form={form} />
      <MoreLimits form={form} plan={owner.plan} isOpen={areLimitsOpen} onOpen={setAreLimitsOpen} />
      <FormError
        message={failure?.message}
        {...(failure?.requestId ? { requestId: failure.requestId } : {})}
      />
    </form>
  );
}

const isText = (target: unknown): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.type === "text";

const nameOf = (input: HTMLInputElement) => input.name as keyof KeyValues;

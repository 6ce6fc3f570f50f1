"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { explainError, isCode } from "@/app/_client/explain-error";
import { Field } from "@/app/_components/field";
import { FormError } from "@/app/_components/form-error";
import { Input } from "@/app/_components/input";
import { Select } from "@/app/_components/select";
import { faultsOf } from "@/app/admin/_parts/faults-of";
import { listHref } from "@/app/admin/_parts/list-href";
import { emailFault, nameFault } from "./field-rules";
import { MailChoice } from "./mail-choice";
import { RoleChoice } from "./role-choice";
import { createUser } from "./user-calls";

export type Plan = { id: string; name: string; description: string };
export type Invited = Awaited<ReturnType<typeof createUser>> & { isMailed: boolean };
const fields = ["email", "name", "role", "plan"] as const;
type Values = Record<(typeof fields)[number], string>;

type InviteFormProps = {
  id: string;
  plans: readonly Plan[];
  /** It takes the place of what was in the dialog before, so it has to ask for the focus. */
  isAgain: boolean;
  onBusy: (isBusy: boolean) => void;
  onInvited: (invited: Invited) => void;
  /** A link in a fault leads out of the dialog. */
  onLeave: () => void;
};

const usualPlan = (plans: readonly Plan[]): string =>
  plans.find(({ id }) => id === "free")?.id ?? plans[0]?.id ?? "";

export function InviteForm({ id, plans, isAgain, onBusy, onInvited, onLeave }: InviteFormProps) {
  const [failure, setFailure] = useState<string>();
  const [isMailed, setIsMailed] = useState(false);
  const isRunning = useRef(false);
  const { register, handleSubmit, setError, setFocus, watch, formState } = useForm<Values>({
    mode: "onTouched",
    defaultValues: { email: "", name: "", role: "member", plan: usualPlan(plans) },
  });
  const { errors } = formState;

  useEffect(() => {
    if (isAgain) setFocus("email");
  }, [isAgain, setFocus]);

  function showFaults(error: unknown) {
    const faults = faultsOf(error, fields);
    if (!faults) return setFailure(explainError(error));
    const faulty = fields.filter((field) => faults[field]);
    faulty.forEach((field, index) => {
      setError(field, { type: "server", message: faults[field] }, { shouldFocus: index === 0 });
    });
  }

  const submit = handleSubmit(async (values) => {
    if (isRunning.current) return;
    isRunning.current = true;
    onBusy(true);
    setFailure(undefined);
    try {
      onInvited({ ...(await createUser({ ...values, send_mail: isMailed })), isMailed });
    } catch (error) {
      const taken = (["user.email_taken", "user.email_taken_by_deleted"] as const).find((code) =>
        isCode(error, code),
      );
      if (taken) setError("email", { type: taken }, { shouldFocus: true });
      else showFaults(error);
    }
    isRunning.current = false;
    onBusy(false);
  });

  return (
    <form id={id} onSubmit={submit} noValidate className="space-y-5">
      <Field
        label="E-mail"
        error={
          errors.email && (
            <EmailFault fault={errors.email} email={watch("email").trim().toLowerCase()} onLeave={onLeave} />
          )
        }
      >
        <Input
          type="email"
          autoComplete="off"
          data-autofocus
          {...register("email", { validate: emailFault })}
        />
      </Field>
      <Field label="Name" error={errors.name?.message} hint="The person can change it later.">
        <Input autoComplete="off" {...register("name", { validate: nameFault })} />
      </Field>
      <RoleChoice radio={() => register("role")} />
      <Field
        label="Plan"
        error={errors.plan?.message}
        hint={plans.find((plan) => plan.id === watch("plan"))?.description}
      >
        <Select options={plans.map((plan) => ({ value: plan.id, label: plan.name }))} {...register("plan")} />
      </Field>
      <MailChoice isChosen={isMailed} onChange={setIsMailed} />
      <FormError message={failure} />
    </form>
  );
}

type EmailFaultProps = { fault: { type?: string; message?: string }; email: string; onLeave: () => void };

/** An address that is taken is not a dead end: the link leads to who has it. */
function EmailFault({ fault, email, onLeave }: EmailFaultProps) {
  const isDeleted = fault.type === "user.email_taken_by_deleted";
  if (!isDeleted && fault.type !== "user.email_taken") return fault.message;
  return (
    <>
      {isDeleted
        ? "A deleted account has this address and keeps it. "
        : "Somebody has an account with this address already. "}
      <Link
        href={listHref("/admin/users", { state: isDeleted ? "deleted" : undefined, q: email })}
        onClick={onLeave}
        className="font-medium underline underline-offset-4"
      >
        {isDeleted ? "Find it and restore it" : "Show it"}
      </Link>
    </>
  );
}

"use client";

import { type ReactNode, useState } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import type { PlanView } from "@/lib/plans/schema";
import { countOf } from "../_parts/count";
import { BoundField } from "./bound-field";
import {
  type BoundField as Bound,
  type BoundName,
  boundFields,
  limitFields,
  newPlan,
  quotaFields,
  valueAt,
} from "./plan-fields";
import { PriceFields } from "./price-fields";
import { usePlanForm } from "./use-plan-form";

type PlanDialogProps = {
  /** Null: a new one. */
  plan: PlanView | null;
  currency: string;
  onClose: () => void;
};

const formId = "plan";

export function PlanDialog({ plan, currency, onClose }: PlanDialogProps) {
  const start = plan ?? newPlan;
  const [unbounded, setUnbounded] = useState<readonly BoundName[]>(() =>
    boundFields.map(({ name }) => name).filter((name) => valueAt(start, name) === null),
  );
  const form = usePlanForm(plan, unbounded, onClose);
  const { field, errors, isBusy, secondsLeft } = form;

  const bounds = (fields: readonly Bound[]) =>
    fields.map((bound) => (
      <BoundField
        key={bound.name}
        bound={bound}
        currency={currency}
        value={valueAt(start, bound.name)}
        isUnbounded={unbounded.includes(bound.name)}
        onUnbounded={(isUnbounded) =>
          setUnbounded((before) => [
            ...before.filter((name) => name !== bound.name),
            ...(isUnbounded ? [bound.name] : []),
          ])
        }
        error={errors[bound.name]}
        {...field(bound.name)}
      />
    ));

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      title={plan ? `Edit the plan ${plan.name}` : "New plan"}
      description={
        plan
          ? `Takes effect within a second${plan.users > 0 ? ` for ${countOf(plan.users, "user")}` : ""}, counting what was called before. A key with higher limits of its own is held to these; lower ones stay.`
          : "Nobody is on it until you choose it on the page of a user."
      }
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            {plan ? "Save changes" : "Add plan"}
          </SubmitButton>
        </>
      }
    >
      <form id={formId} onSubmit={form.submit} noValidate className="space-y-5">
        {!plan && (
          <Field label="Id" hint="What programs call it, such as team. It never changes." error={errors.id}>
            <Input
              {...field("id")}
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
        )}
        <Field label="Name" error={errors.name}>
          <Input {...field("name")} defaultValue={plan?.name} autoComplete="off" />
        </Field>
        <Field label="Description" error={errors.description}>
          <Input {...field("description")} defaultValue={plan?.description} autoComplete="off" />
        </Field>
        <Section title="Limits">{bounds(limitFields)}</Section>
        <Section title="Quota and budget">{bounds(quotaFields)}</Section>
        <Section title="Prices">
          <PriceFields prices={start.prices} currency={currency} field={field} errors={errors} />
        </Section>
        <ProblemAlert problem={form.problem} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="space-y-5 border-t pt-5">
      <legend className="float-left mb-4 w-full font-semibold">{title}</legend>
      <div className="clear-both space-y-5">{children}</div>
    </fieldset>
  );
}

"use client";

import { ProblemAlert } from "@/app/_client/problem-alert";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { AccessChoice, type PlanName } from "../_parts/access-choice";
import { DescriptionField } from "../_parts/description-field";
import { HistoryChoice } from "../_parts/history-choice";
import type { SignatureForm } from "../_signature/use-signature";
import type { FoundSource } from "../_source/source";
import { useNewModel } from "./use-new-model";

type AboutFormProps = {
  found: FoundSource;
  plans: readonly PlanName[];
  signature: SignatureForm;
  onSignatureFault: () => void;
};

export function AboutForm({ found, plans, signature, onSignatureFault }: AboutFormProps) {
  const { values, faults, problem, isBusy, form, edit, check, submit } = useNewModel(
    found,
    signature,
    onSignatureFault,
  );
  return (
    <form ref={form} onSubmit={submit} noValidate className="space-y-6">
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" hint="What programs call it by. It cannot be changed later." error={faults.name}>
          <Input
            maxLength={63}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={values.name}
            onChange={(event) => edit({ name: event.target.value })}
            onBlur={() => check("name")}
            className="font-mono"
          />
        </Field>
        <Field label="Title" hint="What people read." error={faults.title}>
          <Input
            maxLength={100}
            autoComplete="off"
            value={values.title}
            onChange={(event) => edit({ title: event.target.value })}
            onBlur={() => check("title")}
          />
        </Field>
      </div>
      <DescriptionField
        value={values.description}
        fault={faults.description}
        onChange={(description) => edit({ description })}
      />
      <AccessChoice
        plans={plans}
        value={values.access}
        fault={faults.access}
        onChange={(access) => edit({ access })}
      />
      <HistoryChoice
        value={values.history}
        fault={faults.history}
        onChange={(history) => edit({ history })}
      />
      <ProblemAlert problem={problem} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Add the model
        </Button>
      </div>
    </form>
  );
}

"use client";

import { useState } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { countOf } from "../_parts/count";
import { LimitField } from "./limit-field";
import { type LimitName, limitWords } from "./limit-words";
import type { Plan } from "./plan-card";
import { usePlanForm } from "./use-plan-form";

const formId = "edit-plan";

export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const [unlimited, setUnlimited] = useState<readonly LimitName[]>(() =>
    limitWords.map(({ name }) => name).filter((name) => plan.limits[name] === null),
  );
  const { submit, field, errors, problem, secondsLeft, isBusy } = usePlanForm(plan, unlimited, onClose);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isBusy}
      title={`Edit the plan ${plan.name}`}
      description={`Takes effect within a second${plan.users > 0 ? ` for ${countOf(plan.users, "user")}` : ""}, counting what was called before. A key with higher limits of its own is held to these; lower ones stay.`}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <SubmitButton form={formId} isBusy={isBusy} secondsLeft={secondsLeft}>
            Save changes
          </SubmitButton>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="space-y-5">
        <Field label="Name" error={errors.name}>
          <Input {...field("name")} defaultValue={plan.name} autoComplete="off" />
        </Field>
        <Field label="Description" error={errors.description}>
          <Input {...field("description")} defaultValue={plan.description} autoComplete="off" />
        </Field>
        {limitWords.map((words) => (
          <LimitField
            key={words.name}
            words={words}
            value={plan.limits[words.name]}
            isUnlimited={unlimited.includes(words.name)}
            onUnlimited={(isUnlimited) =>
              setUnlimited((before) => [
                ...before.filter((name) => name !== words.name),
                ...(isUnlimited ? [words.name] : []),
              ])
            }
            error={errors[`limits/${words.name}`]}
            {...field(`limits/${words.name}`)}
          />
        ))}
        <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      </form>
    </Dialog>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { FormError } from "@/app/_components/form-error";
import { Input } from "@/app/_components/input";
import { Select } from "@/app/_components/select";
import { toast } from "@/app/_components/toaster";
import { explainError } from "@/app/admin/_parts/explain-error";
import { showFaults } from "@/app/admin/_parts/show-faults";
import { nameRules } from "../_parts/field-rules";
import type { Plan } from "../_parts/invite-form";
import { RoleChoice } from "../_parts/role-choice";
import { updateUser } from "../_parts/user-calls";
import type { AboutUser } from "./about-user";

type Values = { name: string; role: string; plan: string };
const fields = ["name", "role", "plan"] as const;

export function ProfileCard({ user, isSelf, plans }: AboutUser & { plans: readonly Plan[] }) {
  const router = useRouter();
  const [failure, setFailure] = useState<string>();
  const isRunning = useRef(false);
  const initial: Values = { name: user.name, role: user.role, plan: user.plan };
  const form = useForm<Values>({ mode: "onTouched", defaultValues: initial });
  const { register, handleSubmit, reset, setError, watch, formState } = form;
  const { errors, isSubmitting } = formState;
  const now = watch();
  const changed = fields.filter((name) => now[name] !== initial[name]);
  const isShut = user.state === "deleted";

  const submit = handleSubmit(async (values) => {
    if (isRunning.current || changed.length === 0) return;
    isRunning.current = true;
    setFailure(undefined);
    try {
      // Only what was changed here: what somebody else changed meanwhile stays.
      await updateUser(user.id, Object.fromEntries(changed.map((name) => [name, values[name]])));
      toast.success("Changes saved");
      router.refresh();
    } catch (error) {
      if (!showFaults(error, fields, setError)) setFailure(explainError(error));
    }
    isRunning.current = false;
  });

  return (
    <form onSubmit={submit} noValidate>
      <Card
        title="Profile"
        footer={
          isShut ? (
            "A deleted account cannot be changed. Restore it first."
          ) : (
            <>
              <span>{changed.length > 0 ? "Not saved yet." : "Nothing changed."}</span>
              <span className="flex gap-2">
                {changed.length > 0 && (
                  <Button size="sm" onClick={() => reset(initial)} disabled={isSubmitting}>
                    Discard
                  </Button>
                )}
                <Button
                  type="submit"
                  size="sm"
                  variant="primary"
                  isBusy={isSubmitting}
                  disabled={changed.length === 0}
                >
                  Save changes
                </Button>
              </span>
            </>
          )
        }
      >
        <div className="space-y-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <Field label="Name" error={errors.name?.message}>
              <Input autoComplete="off" disabled={isShut} {...register("name", nameRules)} />
            </Field>
            <Field
              label="Plan"
              error={errors.plan?.message}
              hint={plans.find(({ id }) => id === now.plan)?.description}
            >
              <Select
                disabled={isShut}
                options={plans.map(({ id, name }) => ({ value: id, label: name }))}
                {...register("plan")}
              />
            </Field>
          </div>
          <RoleChoice register={register("role")} isDisabled={isShut} />
          {changed.includes("role") && <RoleNotice name={user.name} isSelf={isSelf} />}
          <FormError message={failure} />
        </div>
      </Card>
    </form>
  );
}

const RoleNotice = ({ name, isSelf }: { name: string; isSelf: boolean }) => (
  <Alert
    role="status"
    tone="warning"
    title={isSelf ? "Saving signs you out" : `Saving signs ${name} out everywhere`}
    text={
      isSelf
        ? "This is your own account. You sign in again with the new role, and lose what only administrators may do."
        : "All sessions end within a second, so that the new role counts at once. The next sign-in has it."
    }
  />
);

"use client";

import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { FormError } from "@/app/_components/form-error";
import { Input } from "@/app/_components/input";
import { Select } from "@/app/_components/select";
import type { Plan } from "../_parts/invite-form";
import { RoleChoice } from "../_parts/role-choice";
import type { AboutUser } from "./about-user";
import { nameId, useProfileForm } from "./use-profile-form";

export function ProfileCard({ user, isSelf, plans }: AboutUser & { plans: readonly Plan[] }) {
  const form = useProfileForm(user.id, { name: user.name, role: user.role, plan: user.plan });
  const { values, faults, changed } = form;
  const isShut = user.state === "deleted";
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
    >
      <Card
        title="Profile"
        footer={isShut ? "A deleted account cannot be changed. Restore it first." : <SaveBar {...form} />}
      >
        <div className="space-y-5">
          <div className="grid gap-5 sm:grid-cols-2">
            <Field label="Name" htmlFor={nameId} error={faults.name}>
              <Input
                autoComplete="off"
                disabled={isShut}
                value={values.name}
                onChange={(event) => form.edit("name", event.target.value)}
                onBlur={form.checkName}
              />
            </Field>
            <Field
              label="Plan"
              error={faults.plan}
              hint={plans.find(({ id }) => id === values.plan)?.description}
            >
              <Select
                disabled={isShut}
                options={plans.map(({ id, name }) => ({ value: id, label: name }))}
                value={values.plan}
                onChange={(event) => form.edit("plan", event.target.value)}
              />
            </Field>
          </div>
          <RoleChoice
            isDisabled={isShut}
            radio={(role) => ({
              name: "role",
              checked: values.role === role,
              onChange: () => form.edit("role", role),
            })}
          />
          {changed.includes("role") && <RoleNotice name={user.name} isSelf={isSelf} />}
          <FormError message={form.failure ?? faults.role} />
        </div>
      </Card>
    </form>
  );
}

type SaveBarProps = Pick<ReturnType<typeof useProfileForm>, "changed" | "isBusy" | "discard">;

function SaveBar({ changed, isBusy, discard }: SaveBarProps) {
  const isChanged = changed.length > 0;
  return (
    <>
      <span>{isChanged ? "Not saved yet." : "Nothing changed."}</span>
      <span className="flex gap-2">
        {isChanged && (
          <Button size="sm" onClick={discard} disabled={isBusy}>
            Discard
          </Button>
        )}
        <Button type="submit" size="sm" variant="primary" isBusy={isBusy} disabled={!isChanged}>
          Save changes
        </Button>
      </span>
    </>
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

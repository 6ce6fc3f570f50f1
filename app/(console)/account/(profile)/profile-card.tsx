"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { api } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { Card } from "@/app/_components/card";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { toast } from "@/app/_components/toast";

type Profile = { name: string };

const rules = { name: notBlank("Enter the name that others here know you by.") };

export function ProfileCard({ name }: Profile) {
  const router = useRouter();
  const formId = useId();
  const [saved, setSaved] = useState(name);
  const [typed, setTyped] = useState(name);
  const { submit, field, errors, problem, isBusy } = useApiForm<Profile>(rules, save);
  const isChanged = typed !== saved;

  async function save(profile: Profile) {
    await api("PATCH", "/api/auth/me", profile);
    setSaved(profile.name);
    toast.success("Name saved");
    // The account menu shows the name too.
    router.refresh();
  }

  return (
    <Card
      title="Profile"
      footer={
        <>
          <span>{isChanged ? "Not saved yet." : "Administrators see it in the list of users."}</span>
          <SubmitButton form={formId} size="sm" isBusy={isBusy} disabled={!isChanged}>
            Save
          </SubmitButton>
        </>
      }
    >
      <form
        id={formId}
        method="post"
        noValidate
        onSubmit={submit}
        onInput={(event) => setTyped(String(new FormData(event.currentTarget).get("name")))}
        className="max-w-sm space-y-4"
      >
        <ProblemAlert problem={problem} />
        <Field label="Name" error={errors.name}>
          <Input {...field("name")} defaultValue={name} autoComplete="name" maxLength={100} />
        </Field>
      </form>
    </Card>
  );
}

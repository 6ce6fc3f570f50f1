"use client";

import { api } from "@/app/_client/api";
import { OfflineAlert } from "@/app/_client/offline-alert";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { SubmitButton } from "@/app/_client/submit-button";
import { useApiForm } from "@/app/_client/use-api-form";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";

type Report = { secret: string };

const rules = {
  secret: (text: string) => {
    if (text.trim() === "") return "Paste the key that you found.";
    return text.length > 8_000 ? "This is too long. The line with the key is enough." : undefined;
  },
};

export function ReportKeyForm({ onSent }: { onSent: () => void }) {
  const { submit, field, errors, problem, secondsLeft, isBusy } = useApiForm<Report>(rules, send);

  async function send({ secret }: Report) {
    await api("POST", "/api/v1/keys/report", { secret });
    onSent();
  }

  return (
    // Should the browser ever send it by itself, the key must not end up in the address.
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      <OfflineAlert />
      <ProblemAlert problem={problem} secondsLeft={secondsLeft} />
      <Field
        label="The key"
        error={errors.secret}
        hint="It begins with ady_. The whole line in which you found it will do."
      >
        <Input
          {...field("secret")}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <SubmitButton className="w-full" isBusy={isBusy} secondsLeft={secondsLeft}>
        Report it
      </SubmitButton>
    </form>
  );
}

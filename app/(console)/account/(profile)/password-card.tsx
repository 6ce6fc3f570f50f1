"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { ChangePasswordFields } from "@/app/_client/change-password-fields";
import { SubmitButton } from "@/app/_client/submit-button";
import { useChangePassword } from "@/app/_client/use-change-password";
import { Alert } from "@/app/_components/alert";
import { Card } from "@/app/_components/card";
import { toast } from "@/app/_components/toast";

export function PasswordCard({ email, isGenerated }: { email: string; isGenerated: boolean }) {
  const router = useRouter();
  const formId = useId();
  // A new key empties the fields, the meter and their state after the change.
  const [round, setRound] = useState(0);
  return (
    <PasswordForm
      key={round}
      formId={formId}
      email={email}
      isGenerated={isGenerated}
      onChanged={() => {
        toast.success("Password changed", { description: "All your other devices were signed out." });
        setRound(round + 1);
        router.refresh();
      }}
    />
  );
}

type PasswordFormProps = { formId: string; email: string; isGenerated: boolean; onChanged: () => void };

function PasswordForm({ formId, email, isGenerated, onChanged }: PasswordFormProps) {
  const passwordForm = useChangePassword(onChanged);
  const { submit, isBusy, secondsLeft } = passwordForm;
  return (
    <Card
      title="Password"
      footer={
        <>
          <span>All your other devices are signed out.</span>
          <SubmitButton form={formId} size="sm" isBusy={isBusy} secondsLeft={secondsLeft}>
            Change password
          </SubmitButton>
        </>
      }
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="max-w-sm space-y-4">
        {isGenerated && (
          <Alert
            title="This password was made by the install"
            text="It is strong. Change it if you cannot keep it in a password manager."
          />
        )}
        <ChangePasswordFields email={email} passwordForm={passwordForm} currentLabel="Current password" />
      </form>
    </Card>
  );
}

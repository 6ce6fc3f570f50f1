"use client";

import { ChangePasswordFields } from "@/app/_client/change-password-fields";
import { SubmitButton } from "@/app/_client/submit-button";
import { leaveTo } from "@/app/_client/use-api-form";
import { useChangePassword } from "@/app/_client/use-change-password";
import { AuthCard } from "@/app/_components/auth-card";
import { LinkButton } from "@/app/_components/button";

export function WelcomeCard({ email, next }: { email: string; next: string }) {
  const passwordForm = useChangePassword(() => leaveTo(next));
  return (
    <AuthCard
      title="Choose your own password"
      text="You signed in with a password that this install made. One of your own is easier to keep."
      footer="The generated password is strong: 24 random characters. Keeping it is safe if you store it in a password manager."
    >
      <form method="post" noValidate onSubmit={passwordForm.submit} className="space-y-4">
        <ChangePasswordFields
          email={email}
          passwordForm={passwordForm}
          currentLabel="Generated password"
          currentHint="The one you just signed in with."
        />
        <SubmitButton className="w-full" isBusy={passwordForm.isBusy} secondsLeft={passwordForm.secondsLeft}>
          Save the new password
        </SubmitButton>
        <LinkButton href={next} variant="ghost" className="w-full">
          Keep the generated one for now
        </LinkButton>
      </form>
    </AuthCard>
  );
}

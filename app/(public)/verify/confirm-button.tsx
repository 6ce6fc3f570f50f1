"use client";

import { useState } from "react";
import { ApiError, api, type Problem } from "@/app/_client/api";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Alert } from "@/app/_components/alert";
import { Button, LinkButton } from "@/app/_components/button";
import { FormError } from "@/app/_components/form-error";
import type { OpenLink } from "../_link/use-link";

type ConfirmButtonProps = { link: OpenLink; onDeadLink: (problem: Problem) => void; isSignedIn: boolean };

export function ConfirmButton({ link, onDeadLink, isSignedIn }: ConfirmButtonProps) {
  const { failure, isBusy, runOnce } = useRunOnce();
  const [isDone, setIsDone] = useState(false);

  async function confirm() {
    try {
      await api("POST", "/api/auth/email/verify", { token: link.token });
      setIsDone(true);
    } catch (error) {
      if (!(error instanceof ApiError && error.problem.code === "link.invalid")) throw error;
      onDeadLink(error.problem);
    }
  }

  if (isDone) {
    return (
      <div className="space-y-4">
        <Alert role="status" tone="success" title="Confirmed" text={`${link.email} is yours.`} />
        <LinkButton href={isSignedIn ? "/account" : "/login"} variant="primary" className="w-full">
          {isSignedIn ? "Go to your account" : "Go to the sign-in page"}
        </LinkButton>
      </div>
    );
  }
  return (
    <div className="space-y-4">
      <FormError message={failure} />
      <Button variant="primary" className="w-full" isBusy={isBusy} onClick={() => runOnce(confirm)}>
        Confirm
      </Button>
    </div>
  );
}

"use client";

import { ApiError, api, type Problem, signIn } from "@/app/_client/api";
import { type PasskeyChallenge, showPasskey } from "@/app/_client/passkey";
import { ProofForm, type Typed } from "@/app/_client/proof-form";
import { Button } from "@/app/_components/button";
import type { Begun } from "./begun";

type FactorStepProps = {
  begun: Begun;
  onSignedIn: () => Promise<void>;
  /** Back to the first step; with the reason, when it was not the person's wish. */
  onBack: (problem?: Problem) => void;
};

/** The second step of a sign-in: a code or a passkey. Wrong ones cost nothing but one of five tries. */
export function FactorStep({ begun: { pending, methods }, onSignedIn, onBack }: FactorStepProps) {
  async function go(fields: () => Promise<Record<string, string>>) {
    try {
      await signIn({ pending, ...(await fields()) });
    } catch (error) {
      if (isOver(error)) return onBack(error.problem);
      throw error;
    }
    await onSignedIn();
  }

  async function passkey() {
    const challenge = await api<PasskeyChallenge>("POST", "/api/auth/mfa/challenge", { pending });
    return { passkey: JSON.stringify(await showPasskey(challenge)) };
  }

  return (
    <ProofForm
      methods={methods}
      submitLabel="Continue"
      onTyped={(typed: Typed) => go(async () => ({ ...typed }))}
      onPasskey={() => go(passkey)}
    >
      <Button variant="link" size="sm" onClick={() => onBack()}>
        Start again
      </Button>
    </ProofForm>
  );
}

/** What was begun cannot be finished any more: too old, or used in another window. */
export const isOver = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.problem.code === "auth.sign_in_over";

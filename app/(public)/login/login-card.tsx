"use client";

import { type ReactNode, useCallback, useLayoutEffect, useState } from "react";
import type { Problem } from "@/app/_client/api";
import { leaveTo } from "@/app/_client/use-api-form";
import { AuthCard } from "@/app/_components/auth-card";
import { type Step, stepAfter, stepOfHash } from "./begun";
import { FactorStep } from "./factor-step";
import { LoginForm } from "./login-form";
import { CodesStep, SetupStep } from "./setup-step";

type LoginCardProps = {
  next: string | null;
  canRegister: boolean;
  /** What led here. */
  notices: ReactNode;
  services: ReactNode;
  footer: ReactNode;
};

type Shown = Step | { kind: "codes"; codes: string[] };

const words: Record<Shown["kind"], { title: string; text?: string }> = {
  credentials: { title: "Sign in" },
  factor: { title: "One more step", text: "Your account asks for a second proof that it is you." },
  setup: {
    title: "Set up a second factor",
    text: "This install asks for one: a password that gets out is then not enough to get in. It takes a minute.",
  },
  codes: { title: "Store your recovery codes", text: "Your app is connected." },
};

/** Signing in, one step at a time in one card. Nobody is signed in before the last step. */
export function LoginCard({ next, canRegister, notices, services, footer }: LoginCardProps) {
  const [step, setStep] = useState<Shown>({ kind: "credentials" });
  useLayoutEffect(() => {
    const begun = stepOfHash(window.location.hash);
    if (!begun) return;
    // It leaves the address bar and the history.
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    setStep(begun);
  }, []);

  const back = useCallback(
    (problem?: Problem) => setStep({ kind: "credentials", ...(problem ? { problem } : {}) }),
    [],
  );
  // The page asks for an own password where that is due, and passes everybody else on.
  const leave = () => leaveTo(next ? `/welcome?${new URLSearchParams({ next })}` : "/welcome");

  function refused(error: unknown): never {
    const following = stepAfter(error);
    if (following) setStep(following);
    throw error;
  }

  const { title, text } = words[step.kind];
  return (
    <AuthCard title={title} text={text} footer={footer}>
      {step.kind === "credentials" && (
        <>
          {!step.problem && notices}
          <LoginForm
            earlier={step.problem}
            canRegister={canRegister}
            services={services}
            onSignedIn={leave}
            onRefused={refused}
          />
        </>
      )}
      {step.kind === "factor" && <FactorStep begun={step.begun} onSignedIn={leave} onBack={back} />}
      {step.kind === "setup" && (
        <SetupStep
          pending={step.pending}
          onSignedIn={leave}
          onBack={back}
          onCodes={(codes) => setStep({ kind: "codes", codes })}
        />
      )}
      {step.kind === "codes" && <CodesStep codes={step.codes} onDone={leave} />}
    </AuthCard>
  );
}

"use client";

import { useState } from "react";
import { type Problem, signInThrough, toProblem } from "@/app/_client/api";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { leaveTo } from "@/app/_client/use-api-form";
import { Button } from "@/app/_components/button";

type ProviderButtonsProps = {
  services: readonly { id: string; title: string }[];
  /** Where to go on afterwards. */
  next: string | null;
};

/** The other services that this install lets people in through. */
export function ProviderButtons({ services, next }: ProviderButtonsProps) {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();

  async function go(id: string) {
    if (busy !== undefined) return;
    setBusy(id);
    setProblem(undefined);
    try {
      await leaveTo(await signInThrough(id, next ? `/welcome?${new URLSearchParams({ next })}` : "/welcome"));
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(undefined);
    }
  }

  return (
    <div className="space-y-3">
      {services.map(({ id, title }) => (
        <Button key={id} className="w-full" isBusy={busy === id} onClick={() => go(id)}>
          <span className="truncate">Sign in with {title}</span>
        </Button>
      ))}
      <ProblemAlert problem={problem} />
    </div>
  );
}

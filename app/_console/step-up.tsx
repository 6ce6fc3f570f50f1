"use client";

import { useEffect, useState } from "react";
import { type StepUpRequest, stepUpEvent } from "@/app/_client/step-up";

const load = () => import("./step-up-dialog");

type Asked = { request: StepUpRequest; module: Awaited<ReturnType<typeof load>> };

/** Listens for calls that need a fresh proof of who somebody is, and asks for it. */
export function StepUp({ email }: { email: string }) {
  const [asked, setAsked] = useState<Asked>();

  useEffect(() => {
    function ask(event: Event) {
      event.preventDefault();
      const { detail: request } = event as CustomEvent<StepUpRequest>;
      load().then(
        (module) => setAsked({ request, module }),
        () => request.settle(false),
      );
    }
    window.addEventListener(stepUpEvent, ask);
    return () => window.removeEventListener(stepUpEvent, ask);
  }, []);

  // Whoever waits is answered, also when this frame goes away. Only the first answer counts.
  useEffect(() => () => asked?.request.settle(false), [asked]);

  if (!asked) return null;
  return (
    <asked.module.StepUpDialog
      email={email}
      onDone={(isProven) => {
        asked.request.settle(isProven);
        setAsked(undefined);
      }}
    />
  );
}

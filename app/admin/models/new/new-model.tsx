"use client";

import { lazy, Suspense, useState } from "react";
import { Skeleton } from "@/app/_components/skeleton";
import type { PlanName } from "../_parts/access-choice";
import { StepCard } from "../_parts/step-card";
import type { FoundSource } from "../_source/source";
import { SourceStep } from "../_source/source-step";
import { type Step, stepTitles } from "./step-titles";

// Nobody sees these before something was found; and they are most of the page.
const loadRest = () => import("./named-model");
const NamedModel = lazy(() => loadRest().then((module) => ({ default: module.NamedModel })));

type NewModelProps = { plans: readonly PlanName[]; bytesMax: number };

export function NewModel({ plans, bytesMax }: NewModelProps) {
  const [found, setFound] = useState<{ source: FoundSource; key: number }>();
  const [step, setStep] = useState<Step>("source");
  return (
    <ol className="max-w-4xl space-y-4" onPointerEnter={loadRest} onFocus={loadRest}>
      <StepCard
        number={1}
        title={stepTitles.source}
        state={step === "source" ? "open" : "done"}
        summary={found?.source.label}
        onChange={() => setStep("source")}
      >
        <SourceStep
          bytesMax={bytesMax}
          onFound={(source) => {
            // Another source has other inputs: the names begin anew.
            setFound((before) => ({ source, key: (before?.key ?? 0) + 1 }));
            setStep("signature");
          }}
        />
      </StepCard>
      {found ? (
        <Suspense fallback={<Skeleton className="h-15 rounded-lg" />}>
          <NamedModel key={found.key} found={found.source} plans={plans} step={step} onStep={setStep} />
        </Suspense>
      ) : (
        <>
          <WaitingStep number={2} title={stepTitles.signature} />
          <WaitingStep number={3} title={stepTitles.about} />
        </>
      )}
    </ol>
  );
}

const WaitingStep = (props: { number: number; title: string }) => (
  <StepCard {...props} state="waiting" onChange={() => {}}>
    {null}
  </StepCard>
);

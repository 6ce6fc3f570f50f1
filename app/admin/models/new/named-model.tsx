"use client";

import { useState } from "react";
import { countOf } from "../../_parts/count";
import type { PlanName } from "../_parts/access-choice";
import { StepCard } from "../_parts/step-card";
import { SignatureStep } from "../_signature/signature-step";
import { useSignature } from "../_signature/use-signature";
import type { FoundSource } from "../_source/source";
import { AboutForm } from "./about-form";
import { type Step, stepTitles } from "./step-titles";

type NamedModelProps = {
  found: FoundSource;
  plans: readonly PlanName[];
  step: Step;
  onStep: (step: Step) => void;
};

/** The steps after something was found: names for its inputs, and a name for itself. */
export function NamedModel({ found, plans, step, onStep }: NamedModelProps) {
  const form = useSignature(found.signature);
  const [isNamed, setIsNamed] = useState(false);
  const signatureState = step === "signature" ? "open" : isNamed ? "done" : "waiting";
  return (
    <>
      <StepCard
        number={2}
        title={stepTitles.signature}
        state={signatureState}
        summary={form.draft.hasColumns ? countOf(form.draft.columns.length, "column") : "tensors alone"}
        onChange={() => onStep("signature")}
      >
        <SignatureStep
          found={found}
          form={form}
          next="Next: name the model"
          onNext={() => {
            setIsNamed(true);
            onStep("about");
          }}
        />
      </StepCard>
      <StepCard
        number={3}
        title={stepTitles.about}
        state={step === "about" ? "open" : isNamed ? "done" : "waiting"}
        onChange={() => onStep("about")}
      >
        <AboutForm
          found={found}
          plans={plans}
          signature={form}
          onSignatureFault={() => onStep("signature")}
        />
      </StepCard>
    </>
  );
}

"use client";

import { lazy, Suspense, useState } from "react";
import { api } from "@/app/_client/api";
import { Skeleton } from "@/app/_components/skeleton";
import type { Version } from "../_parts/model-words";
import { StepCard } from "../_parts/step-card";
import type { FoundSource } from "../_source/source";
import { SourceStep } from "../_source/source-step";
import { type UpstreamDraft, upstreamDraft, upstreamOf } from "../_source/upstream-draft";

// Nobody sees these before something was found; and they are most of the page.
const loadRest = () => import("./named-version");
const NamedVersion = lazy(() => loadRest().then((module) => ({ default: module.NamedVersion })));

type NewVersionProps = {
  model: { name: string; title: string };
  stable: Version;
  /** Whom it is about, in words. */
  reach: string;
  bytesMax: number;
};

export type VersionStep = "source" | "signature" | "use";

export function NewVersion({ model, stable, reach, bytesMax }: NewVersionProps) {
  const [found, setFound] = useState<{ source: FoundSource; key: number }>();
  const [step, setStep] = useState<VersionStep>("source");
  const { upstream } = stable;
  return (
    <ol className="max-w-4xl space-y-4" onPointerEnter={loadRest} onFocus={loadRest}>
      <StepCard
        number={1}
        title="Where is the new version?"
        state={step === "source" ? "open" : "done"}
        summary={found?.source.label}
        onChange={() => setStep("source")}
      >
        <SourceStep
          bytesMax={bytesMax}
          {...(upstream && {
            service: {
              initial: upstreamDraft(upstream),
              storedNames: upstream.header_names,
              describe: (draft) => describeService(draft, stable),
            },
          })}
          onFound={(source) => {
            setFound((before) => ({ source: withKnownNames(source, stable), key: (before?.key ?? 0) + 1 }));
            setStep("signature");
          }}
        />
      </StepCard>
      {found && (
        <Suspense fallback={<Skeleton className="h-15 rounded-lg" />}>
          <NamedVersion
            key={found.key}
            model={model}
            stable={stable}
            reach={reach}
            found={found.source}
            step={step}
            onStep={setStep}
          />
        </Suspense>
      )}
    </ol>
  );
}

/**
 * A secret that stays as it is is unknown here, so the service cannot be asked yet: the names begin with those in
 * use, and the app asks with the secret before it makes the version.
 */
const describeService = (draft: UpstreamDraft, stable: Version) =>
  draft.headers.some(({ value }) => value === "")
    ? Promise.resolve({ inputs: stable.inputs, outputs: stable.outputs, signature: stable.signature })
    : api<Pick<Version, "inputs" | "outputs" | "signature">>(
        "POST",
        "/api/v1/admin/model-upstreams",
        upstreamOf(draft),
      );

/** The names in use go on where the tensors are the same: that is what retraining usually leaves alone. */
function withKnownNames(found: FoundSource, stable: Version): FoundSource {
  const isSame =
    JSON.stringify([found.inputs, found.outputs]) === JSON.stringify([stable.inputs, stable.outputs]);
  return isSame ? { ...found, signature: stable.signature } : found;
}

"use client";

import { type ComponentProps, lazy, Suspense, useState } from "react";
import { ChoiceCard } from "@/app/_components/choice-card";
import { Skeleton } from "@/app/_components/skeleton";
import { formatBytes } from "../_parts/units";
import { FileDrop } from "./file-drop";
import { type FoundSource, nameFrom } from "./source";
import type { ModelFile } from "./upload";

// Most models are files, and the form is as large as the rest of the step.
const loadService = () => import("./upstream-form");
const UpstreamForm = lazy(() => loadService().then((module) => ({ default: module.UpstreamForm })));

type SourceStepProps = {
  bytesMax: number;
  /** The service that the model uses now, and how another version of it is looked at. */
  service?: Pick<ComponentProps<typeof UpstreamForm>, "initial" | "storedNames" | "describe">;
  onFound: (found: FoundSource) => void;
};

const kinds = [
  { value: "file", label: "A file", text: "An .onnx file, run here in processes of its own." },
  { value: "service", label: "A service", text: "A model that runs elsewhere and is asked over HTTP." },
] as const;

export function SourceStep({ bytesMax, service, onFound }: SourceStepProps) {
  const [kind, setKind] = useState<(typeof kinds)[number]["value"]>(service ? "service" : "file");
  return (
    <div className="space-y-5">
      <fieldset>
        <legend className="sr-only">Where the model is</legend>
        <div className="grid gap-2 sm:grid-cols-2" onPointerEnter={loadService} onFocus={loadService}>
          {kinds.map(({ value, label, text }) => (
            <ChoiceCard
              key={value}
              radio={{ name: "source", checked: kind === value, onChange: () => setKind(value) }}
              value={value}
              label={label}
              text={text}
            />
          ))}
        </div>
      </fieldset>
      {kind === "file" ? (
        <FileDrop bytesMax={bytesMax} onUploaded={(file, name) => onFound(foundFile(file, name))} />
      ) : (
        <Suspense fallback={<Skeleton className="h-96 rounded-lg" />}>
          <UpstreamForm {...service} onFound={onFound} />
        </Suspense>
      )}
    </div>
  );
}

export const foundFile = (file: ModelFile, fileName: string): FoundSource => ({
  source: { kind: "file", sha256: file.sha256 },
  label: `${fileName}, ${formatBytes(file.bytes)}`,
  name: nameFrom(fileName),
  inputs: file.inputs,
  outputs: file.outputs,
  signature: file.signature,
});

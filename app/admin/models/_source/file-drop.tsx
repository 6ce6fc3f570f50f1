"use client";

import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { ProblemAlert } from "@/app/_client/problem-alert";
import { cn } from "@/app/_components/cn";
import { useIsReady } from "@/app/_components/use-is-ready";
import { formatBytes } from "../_parts/units";
import type { ModelFile } from "./upload";
import { UploadProgress } from "./upload-progress";
import { useUpload } from "./use-upload";

type FileDropProps = {
  /** The limit of the install, to say before an hour of sending. */
  bytesMax: number;
  onUploaded: (file: ModelFile, fileName: string) => void;
};

export function FileDrop({ bytesMax, onUploaded }: FileDropProps) {
  const { state, start, cancel } = useUpload(onUploaded);
  const [refused, setRefused] = useState<string>();
  const [isOver, setIsOver] = useState(false);
  const isReady = useIsReady();

  function choose(file: File | undefined) {
    if (!file) return;
    const fault = faultOf(file, bytesMax);
    setRefused(fault);
    if (!fault) void start(file);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    choose(event.dataTransfer.files[0]);
  }

  if (state.phase !== "idle") return <UploadProgress state={state} onCancel={cancel} />;
  const { problem, fileName } = state;
  return (
    <div className="space-y-3">
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        className={cn(
          "flex flex-col items-center gap-1 rounded-lg border border-dashed border-edge px-6 py-10 text-center transition-colors hover:border-accent",
          "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
          isOver && "border-accent bg-accent-soft",
        )}
      >
        <input
          type="file"
          accept=".onnx"
          disabled={!isReady}
          aria-label="The .onnx file of the model"
          className="sr-only"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            // Choosing the same file again, after mending it, has to count as a choice.
            event.target.value = "";
          }}
        />
        <FileUp aria-hidden="true" className="mb-2 size-6 text-muted" />
        <span className="font-medium">
          Drop an .onnx file here, or{" "}
          <span className="text-accent-ink underline underline-offset-4">choose one</span>
        </span>
        <span className="text-[13px] text-muted">
          Up to {formatBytes(bytesMax)}. It stays on this machine.
        </span>
      </label>
      {refused && <ProblemAlert problem={asProblem(refused)} />}
      {!refused && problem && <ProblemAlert problem={problem} text={`${fileName}: ${problem.detail}`} />}
    </div>
  );
}

function faultOf({ name, size }: File, bytesMax: number): string | undefined {
  if (size === 0) return `${name} is empty. Export the model again and choose the new file.`;
  if (size > bytesMax)
    return `${name} has ${formatBytes(size)}; this install takes up to ${formatBytes(bytesMax)}. Whoever runs it can raise MODEL_BYTES_MAX.`;
  if (/\.onnx$/i.test(name)) return undefined;
  return `${name} is no .onnx file. Export the model to ONNX first: PyTorch (torch.onnx), scikit-learn (skl2onnx), TensorFlow (tf2onnx), XGBoost and LightGBM (onnxmltools) all can.`;
}

const asProblem = (detail: string) => ({
  status: 422,
  code: "client.file",
  title: "This file cannot be used as a model",
  detail,
});

"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { api, type Problem, toProblem } from "@/app/_client/api";
import { toast } from "@/app/_components/toaster";
import type { CreateVersion } from "@/lib/models/schema";
import { modelApi, modelPath } from "../_parts/model-paths";
import type { Version } from "../_parts/model-words";
import type { FoundSource } from "../_source/source";

type NewVersion = Pick<CreateVersion, "signature" | "becomes"> &
  Pick<FoundSource, "source"> & { note: string };

const done = {
  stable: "Everybody gets it from the next call on.",
  next: "Callers who ask for “next” get it.",
  nothing: "It is among the versions now.",
};

/** Makes a version, says so and shows the list. `onFault` takes what is about the signature. */
export function useCreateVersion(model: string, onFault: (error: unknown) => boolean) {
  const router = useRouter();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);

  async function create({ note, ...version }: NewVersion): Promise<void> {
    if (isRunning.current) return;
    isRunning.current = true;
    setIsBusy(true);
    setProblem(undefined);
    try {
      const body = { ...version, note: note.trim() || null };
      const { number } = await api<Version>("POST", `${modelApi(model)}/versions`, body);
      toast.success(`Version ${number} is made`, { description: done[version.becomes] });
      // Still busy: the list of versions takes its place.
      router.push(modelPath(model, "versions"));
      return;
    } catch (error) {
      if (!onFault(error)) setProblem(toProblem(error));
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  return { problem, isBusy, create };
}

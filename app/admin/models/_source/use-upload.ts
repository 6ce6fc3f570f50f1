"use client";

import { useEffect, useRef, useState } from "react";
import { type Problem, toProblem } from "@/app/_client/api";
import type { Progress } from "@/app/_client/progress-meter";
import type { ModelFile } from "./upload";

const loadUpload = () => import("./upload");

export type UploadState =
  | { phase: "idle"; problem?: Problem; fileName?: string }
  | { phase: "hashing" | "reading"; fileName: string; progress: Progress }
  | { phase: "sending"; fileName: string; progress: Progress };

/** One file on its way to the app. Leaving the page, or choosing another, stops it. */
export function useUpload(onUploaded: (file: ModelFile, fileName: string) => void) {
  const [state, setState] = useState<UploadState>({ phase: "idle" });
  const running = useRef<AbortController>(undefined);

  useEffect(() => () => running.current?.abort(), []);

  async function start(file: File) {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const fileName = file.name;
    const nothing: Progress = { sent: 0, total: file.size, bytesPerSecond: null, secondsLeft: null };
    const show = (next: UploadState) => running.current === own && setState(next);
    show({ phase: "hashing", fileName, progress: nothing });
    try {
      const { hashFile, uploadFile } = await loadUpload();
      const sha256 = await hashFile(file);
      if (own.signal.aborted) return;
      show({ phase: "sending", fileName, progress: nothing });
      const uploaded = await uploadFile(file, {
        sha256,
        signal: own.signal,
        onProgress: (progress) => show({ phase: "sending", fileName, progress }),
        onSent: () => show({ phase: "reading", fileName, progress: { ...nothing, sent: file.size } }),
      });
      if (running.current !== own) return;
      setState({ phase: "idle" });
      onUploaded(uploaded, fileName);
    } catch (error) {
      show(own.signal.aborted ? { phase: "idle" } : { phase: "idle", fileName, problem: toProblem(error) });
    }
  }

  function cancel() {
    running.current?.abort();
  }

  return { state, start, cancel };
}

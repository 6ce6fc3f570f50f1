"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { type Problem, toProblem } from "@/app/_client/api";
import type { Progress } from "@/app/_client/progress-meter";
import type { Rows } from "./rows";
import type { TaskAbout } from "./send-rows";

const loadSending = () => import("./send-rows");

export type Starting = { phase: "sending" | "reading"; progress: Progress };

/** Starts the task once, however often the button is pressed, and leads to its page. */
export function useStart() {
  const router = useRouter();
  const [starting, setStarting] = useState<Starting | null>(null);
  const [problem, setProblem] = useState<Problem>();
  // State arrives a render late; two quick presses must not pay twice.
  const isRunning = useRef(false);

  /** Answers why it was refused, if it was. */
  async function start(rows: Rows, about: TaskAbout): Promise<Problem | undefined> {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setProblem(undefined);
    const all: Progress = {
      sent: rows.body.size,
      total: rows.body.size,
      bytesPerSecond: null,
      secondsLeft: null,
    };
    setStarting({ phase: "sending", progress: { ...all, sent: 0 } });
    try {
      const { startTask } = await loadSending();
      const task = await startTask(rows, about, {
        signal: new AbortController().signal,
        onProgress: (progress) => setStarting({ phase: "sending", progress }),
        onSent: () => setStarting({ phase: "reading", progress: all }),
      });
      // It stays busy until the page of the task is there.
      router.push(`/tasks/${task.id}`);
      return undefined;
    } catch (error) {
      const refusal = toProblem(error);
      isRunning.current = false;
      setStarting(null);
      setProblem(refusal);
      return refusal;
    }
  }

  return { starting, problem, start, forget: () => setProblem(undefined) };
}

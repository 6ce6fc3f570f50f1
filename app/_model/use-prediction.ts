"use client";

import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { callApi, type Problem, toProblem } from "@/app/_client/api";
import { useSecondsLeft } from "@/app/_client/use-seconds-left";
import type { predictView } from "@/lib/predictions/schema";
import type { Rows } from "./json-rows";

export type Answered = {
  kind: "answered";
  answer: z.infer<typeof predictView>;
  requestId: string | undefined;
  /** From the press to the answer, as this browser saw it. */
  roundTripMs: number;
};
export type Failed = { kind: "failed"; problem: Problem };
export type Outcome = Answered | Failed;

type Ask = { model: string; version?: string };

/** Calls a model, one call at a time. What was answered stays until the next answer is there. */
export function usePrediction({ model, version }: Ask) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const [waitUntil, setWaitUntil] = useState<number | null>(null);
  const secondsLeft = useSecondsLeft(waitUntil);
  const running = useRef<AbortController | null>(null);

  useEffect(() => () => running.current?.abort(), []);

  async function run(rows: Rows): Promise<Outcome | null> {
    if (running.current || secondsLeft > 0) return null;
    const controller = new AbortController();
    running.current = controller;
    setIsRunning(true);
    setWaitUntil(null);
    const found = await ask({ model, ...(version ? { version } : {}), ...rows }, controller.signal);
    running.current = null;
    setIsRunning(false);
    if (controller.signal.aborted) return null;
    setOutcome(found);
    const wait = found.kind === "failed" ? found.problem.retryAfterSeconds : undefined;
    if (wait) setWaitUntil(Date.now() + wait * 1000);
    return found;
  }

  return { outcome, isRunning, secondsLeft, run, cancel: () => running.current?.abort() };
}

async function ask(body: object, signal: AbortSignal): Promise<Outcome> {
  const startedAt = performance.now();
  try {
    const { value, requestId } = await callApi<Answered["answer"]>(
      "POST",
      "/api/v1/predictions",
      body,
      signal,
    );
    return { kind: "answered", answer: value, requestId, roundTripMs: performance.now() - startedAt };
  } catch (error) {
    return { kind: "failed", problem: toProblem(error) };
  }
}

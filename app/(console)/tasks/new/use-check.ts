"use client";

import { useEffect, useRef, useState } from "react";
import { api, type Problem, toProblem } from "@/app/_client/api";
import type { Progress } from "@/app/_client/progress-meter";
import type { TaskEstimate } from "@/lib/tasks/schema";
import type { LimitsLeft } from "./left-after";
import type { Rows } from "./rows";

const loadSending = () => import("./send-rows");

/** What is known of the rows that were chosen. */
export type Check =
  | { phase: "none"; problem?: Problem }
  | { phase: "sending" | "reading"; progress: Progress }
  | { phase: "checked"; estimate: TaskEstimate; left: LimitsLeft | null };

/** Has the rows checked and priced; another choice, another model or leaving the page stops the one before. */
export function useCheck(model: string) {
  const [rows, setRows] = useState<Rows | null>(null);
  const [check, setCheck] = useState<Check>({ phase: "none" });
  const running = useRef<AbortController>(undefined);

  useEffect(() => () => running.current?.abort(), []);

  async function choose(chosen: Rows, forModel = model) {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setRows(chosen);
    const nothing: Progress = { sent: 0, total: chosen.body.size, bytesPerSecond: null, secondsLeft: null };
    const show = (next: Check) => running.current === own && setCheck(next);
    show({ phase: "sending", progress: nothing });
    try {
      const { estimateRows } = await loadSending();
      const estimate = await estimateRows(chosen, forModel, {
        signal: own.signal,
        onProgress: (progress) => show({ phase: "sending", progress }),
        onSent: () => show({ phase: "reading", progress: { ...nothing, sent: nothing.total } }),
      });
      show({ phase: "checked", estimate, left: await limitsLeft() });
    } catch (error) {
      show({ phase: "none", ...(own.signal.aborted ? {} : { problem: toProblem(error) }) });
    }
  }

  /** The rows go too: what is not checked cannot be started. */
  function drop() {
    running.current?.abort();
    running.current = undefined;
    setRows(null);
    setCheck({ phase: "none" });
  }

  const checked = useRef(model);
  useEffect(() => {
    if (checked.current === model) return;
    checked.current = model;
    if (rows) void choose(rows, model);
  });

  return { rows, check, choose, drop };
}

/** Helpful beside the price, and not worth failing for. */
const limitsLeft = (): Promise<LimitsLeft | null> =>
  api<LimitsLeft>("GET", "/api/v1/usage/limits").catch(() => null);

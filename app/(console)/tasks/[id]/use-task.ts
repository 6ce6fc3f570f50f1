"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { isCode } from "@/app/_client/explain-error";
import { useWhileWatched } from "@/app/_client/use-while-watched";
import { toast } from "@/app/_components/toast";
import { isOver } from "@/lib/tasks/domain";
import type { TaskView } from "@/lib/tasks/schema";
import { readTask } from "../_parts/task-calls";
import { doneText, percentOf, stateWords, triedOf } from "../_parts/task-words";

/** Somebody may well leave it running in a window beside their work. */
const watching = { watchedForMs: 60 * 60_000, hiddenEveryMs: 15_000 };
const everyMs = 1_500;

/** The task as it is now. `isFull`: the results on the page do not change any more. */
export function useTask(first: TaskView, isFull: boolean) {
  const router = useRouter();
  const [task, setTask] = useState(first);
  const isReading = useRef(false);
  const shown = useRef(first);

  /** An answer that was on its way while the task was cancelled or resumed is overtaken. */
  const change = useRef(0);

  function show(next: TaskView) {
    change.current += 1;
    setTask(next);
  }

  async function look() {
    if (isReading.current) return;
    isReading.current = true;
    const before = change.current;
    try {
      const next = await readTask(first.id);
      if (change.current === before) setTask(next);
    } catch (error) {
      // Deleted in another window: the page says so. Anything else passes, and the frame says when it does not.
      if (isCode(error, "task.not_found")) router.refresh();
    }
    isReading.current = false;
  }
  useWhileWatched(look, { ...watching, everyMs: isOver(task.state) ? null : everyMs });

  useEffect(() => {
    const before = shown.current;
    shown.current = task;
    if (before === task) return;
    const hasEnded = isOver(task.state) && !isOver(before.state);
    if (hasEnded) tellEnd(task);
    if (hasEnded || before.state !== task.state || (!isFull && triedOf(before) !== triedOf(task)))
      router.refresh();
  }, [task, isFull, router]);

  useTitle(task);
  return { task, show };
}

function tellEnd(task: TaskView): void {
  const description = `${task.name}: ${doneText(task)}`;
  if (task.state === "succeeded") toast.success("The task is finished", { description });
  else if (task.state === "failed") toast.error("The task failed", { description });
  else toast.info("The task is cancelled", { description });
}

/** Whoever works in another window sees in the name of this one how far it is. */
function useTitle(task: TaskView): void {
  const isRunning = !isOver(task.state);
  const wasRunning = useRef(isRunning);
  const mark = isRunning ? `${percentOf(task)} %` : wasRunning.current ? stateWords[task.state].label : "";
  useEffect(() => {
    document.title = [mark, task.name, "Adyton"].filter(Boolean).join(" · ");
  }, [mark, task.name]);
}

import { Card } from "@/app/_components/card";
import { priceText } from "@/app/_usage/price-text";
import { countOf } from "@/app/admin/_parts/count";
import { formatSecondsLeft } from "@/app/admin/models/_parts/units";
import { isOver, type TaskState } from "@/lib/tasks/domain";
import type { TaskView } from "@/lib/tasks/schema";
import { ProgressBar } from "../_parts/progress-bar";
import { doneText, percentOf, rateText, stateWords } from "../_parts/task-words";

const tones: Partial<Record<TaskState, "accent" | "success" | "danger" | "warning" | "quiet">> = {
  succeeded: "success",
  failed: "danger",
  cancelled: "quiet",
  cancelling: "warning",
};

export function ProgressCard({ task }: { task: TaskView }) {
  const percent = percentOf(task);
  const { cost, cost_max, currency } = task.usage;
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="font-semibold text-2xl leading-8 tracking-tight tabular-nums">{percent} %</p>
        <p id="task-progress" className="text-muted tabular-nums">
          {doneText(task)}
        </p>
      </div>
      <ProgressBar
        labelledBy="task-progress"
        percent={percent}
        tone={tones[task.state] ?? "accent"}
        className="mt-3 h-2.5"
      />
      <div className="mt-3 flex flex-wrap justify-between gap-x-6 gap-y-1 text-[13px] text-muted tabular-nums">
        <p>{paceText(task)}</p>
        <p>
          <span className="text-ink">{priceText(cost, currency)}</span>
          {isOver(task.state) ? " charged" : ` charged so far, at most ${priceText(cost_max, currency)}`}
        </p>
      </div>
      {task.rows_failed > 0 && (
        <p className="mt-3 text-[13px] text-danger-ink">
          {countOf(task.rows_failed, "row")} failed and cost nothing. The results say why, row by row.
        </p>
      )}
      {/* In quarters: a screen reader that read out every change would say nothing else. */}
      <p role="status" className="sr-only">
        {spokenText(task, percent)}
      </p>
    </Card>
  );
}

/** "42 rows a second, 20 seconds left", or what it waits for. */
function paceText(task: TaskView): string {
  const { state, rows_per_second: rate, seconds_left: left } = task;
  if (isOver(state) || state === "cancelling") return stateWords[state].text;
  const parts = [rate !== null && rateText(rate), left !== null && `${formatSecondsLeft(left)} left`];
  return parts.filter(Boolean).join(", ") || stateWords[state].text;
}

function spokenText({ state }: TaskView, percent: number): string {
  const { label } = stateWords[state];
  if (state !== "running") return label;
  return percent < 25 ? label : `${label}, ${Math.floor(percent / 25) * 25} percent done`;
}

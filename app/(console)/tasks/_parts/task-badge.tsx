import { Badge } from "@/app/_components/badge";
import type { TaskState } from "@/lib/tasks/domain";
import { stateWords } from "./task-words";

export function TaskBadge({ state }: { state: TaskState }) {
  const { label, tone, text } = stateWords[state];
  return (
    <span title={text}>
      <Badge tone={tone} hasDot>
        {label}
      </Badge>
    </span>
  );
}

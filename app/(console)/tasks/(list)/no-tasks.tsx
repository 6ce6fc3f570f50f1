import { ListChecks, SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";

/** `isFirst` when there is none at all, as opposed to none that matches. */
export function NoTasks({ isFirst }: { isFirst: boolean }) {
  if (!isFirst) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No task matches"
        text="None of your tasks is in this state. Tasks disappear from here some time after they are over."
        action={<LinkButton href="/tasks">Clear filter</LinkButton>}
      />
    );
  }
  return (
    <EmptyState
      icon={<ListChecks />}
      title="No tasks yet"
      text="A task runs a whole file through a model. Every row is checked first and the price is shown; nothing is charged before you start it."
      action={
        <LinkButton variant="primary" href="/tasks/new">
          Start your first task
        </LinkButton>
      }
    />
  );
}

import { ListChecks } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function TaskNotFound() {
  return (
    <>
      <PageHeader title="Tasks" />
      <EmptyState
        icon={<ListChecks />}
        title="There is no such task"
        text="It was deleted, its time here is over, or the address was cut short. Tasks are seen by their owner alone."
        action={<LinkButton href="/tasks">All your tasks</LinkButton>}
      />
    </>
  );
}

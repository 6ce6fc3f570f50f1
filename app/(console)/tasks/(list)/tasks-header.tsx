import { Plus } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";

export function TasksHeader() {
  return (
    <PageHeader
      title="Tasks"
      description="Many rows at once: they run by themselves, and you fetch the results later."
      action={
        <LinkButton variant="primary" href="/tasks/new">
          <Plus aria-hidden="true" />
          New task
        </LinkButton>
      }
    />
  );
}

import { Boxes } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function ModelNotFound() {
  return (
    <>
      <PageHeader title="Models" />
      <EmptyState
        icon={<Boxes />}
        title="There is no such model"
        text="The address names a model that this install does not have. It may have been deleted, or the address was cut short."
        action={<LinkButton href="/admin/models">All models</LinkButton>}
      />
    </>
  );
}

import { Boxes } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function ModelNotFound() {
  return (
    <>
      <PageHeader title="No such model" />
      <EmptyState
        icon={<Boxes />}
        title="This model is not there"
        text="It does not exist, was deleted, or is one you may not use. An administrator can let you use it."
        action={<LinkButton href="/models">All models</LinkButton>}
      />
    </>
  );
}

import { ReceiptText } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";

export function UsageHeader() {
  return (
    <PageHeader
      title="Usage"
      description="Your calls of models, how they went and what they cost. Days and hours are counted in UTC."
      action={
        <LinkButton variant="primary" href="/usage/statement">
          <ReceiptText aria-hidden="true" />
          Monthly statement
        </LinkButton>
      }
    />
  );
}

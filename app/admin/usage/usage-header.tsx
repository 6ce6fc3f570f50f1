import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";

export function UsageHeader() {
  return (
    <PageHeader
      title="Usage"
      description="The calls of everyone, how they went, what was charged for them and what they cost you. Days and hours are counted in UTC."
      action={
        <LinkButton variant="primary" href="/admin/plans">
          Plans and prices
        </LinkButton>
      }
    />
  );
}

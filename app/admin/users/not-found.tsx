import { UserX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function UserNotFound() {
  return (
    <>
      <PageHeader title="Users" />
      <EmptyState
        icon={<UserX />}
        title="There is no such user"
        text="The address names an account that this install does not have. Deleted accounts are still there: this one never was, or the address was cut short."
        action={<LinkButton href="/admin/users">All users</LinkButton>}
      />
    </>
  );
}

import { Card } from "@/app/_components/card";
import type { AboutUser } from "./about-user";
import { ActionButton } from "./action-button";

export function DangerCard({ user, isSelf }: AboutUser) {
  return (
    <Card tone="danger" title="Delete this account" className="min-w-0 lg:col-start-2">
      <p className="mb-3 text-[13px] text-muted">
        Nobody can sign in with it any more. Data and history are kept, the e-mail address stays taken, and
        you can restore it.
      </p>
      <ActionButton action="delete" user={user} isSelf={isSelf} variant="danger" size="sm">
        Delete user
      </ActionButton>
    </Card>
  );
}

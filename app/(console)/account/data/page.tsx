import { Download } from "lucide-react";
import type { Metadata } from "next";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { requireMemberPage } from "@/lib/http/page";
import { currentSettings } from "@/lib/settings/queries";
import { listOwnInvitations } from "@/lib/users/queries";
import { ownInvitationsView } from "@/lib/users/view";
import { DeleteAccountButton } from "./delete-account-button";
import { InviteCard } from "./invite-card";

export const metadata: Metadata = { title: "Your data" };

export default async function DataPage() {
  const actor = await requireMemberPage();
  const { registration } = await currentSettings();
  const invitations = registration === "closed" ? null : await listOwnInvitations(actor);
  return (
    <div className="grid gap-4">
      <Card
        title="Everything held about you"
        action={
          <Button asChild size="sm">
            <a href="/api/auth/me/export" download>
              <Download aria-hidden="true" />
              Download
            </a>
          </Button>
        }
      >
        <p className="max-w-prose text-muted">
          One file (JSON) with your profile, devices, keys, usage, predictions, tasks, messages and the record
          of what was done. Passwords and secrets are not in it.
        </p>
      </Card>
      {invitations && <InviteCard invitations={ownInvitationsView(invitations).items} />}
      <Card
        tone="danger"
        title="Delete your account"
        action={<DeleteAccountButton email={actor.user.email} />}
      >
        <p className="max-w-prose text-muted">
          You are signed out everywhere, and your API keys stop working, with whatever uses them. Your name
          and what was recorded stay with the administrators, who can bring the account back.
        </p>
      </Card>
    </div>
  );
}

import type { Metadata } from "next";
import { pageActor } from "@/lib/http/page";
import { InviteForm } from "./invite-form";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitePage() {
  const actor = await pageActor().catch(() => null);
  return <InviteForm signedInAs={actor?.kind === "session" ? actor.user.email : null} />;
}

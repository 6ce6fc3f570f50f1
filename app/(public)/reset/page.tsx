import type { Metadata } from "next";
import { pageActor } from "@/lib/http/page";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function ResetPage() {
  const actor = await pageActor().catch(() => null);
  return <ResetForm signedInAs={actor?.kind === "session" ? actor.user.email : null} />;
}

import type { Metadata } from "next";
import { pageActor } from "@/lib/http/page";
import { VerifyCard } from "./verify-card";

export const metadata: Metadata = { title: "Confirm your address", referrer: "no-referrer" };

export default async function VerifyPage() {
  const actor = await pageActor().catch(() => null);
  return <VerifyCard signedInAs={actor?.kind === "session" ? actor.user.email : null} />;
}

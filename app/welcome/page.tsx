import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ownPath } from "@/app/_client/own-path";
import { SessionWatch } from "@/app/_console/session-watch";
import { StepUp } from "@/app/_console/step-up";
import { requireMemberPage } from "@/lib/http/page";
import { getOwnUser } from "@/lib/users/queries";
import { WelcomeCard } from "./welcome-card";

export const metadata: Metadata = { title: "Choose your password" };

type WelcomePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Between signing in and the first page: whoever has a generated password is asked for an own one. */
export default async function WelcomePage({ searchParams }: WelcomePageProps) {
  const actor = await requireMemberPage();
  const next = ownPath((await searchParams).next) ?? "/dashboard";
  const user = await getOwnUser(actor);
  if (!user.isPasswordGenerated) redirect(next);
  return (
    <SessionWatch userId={user.id}>
      <StepUp email={user.email} />
      <WelcomeCard email={user.email} next={next} />
    </SessionWatch>
  );
}

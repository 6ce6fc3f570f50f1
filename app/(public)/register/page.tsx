import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/app/_components/auth-card";
import { LinkButton } from "@/app/_components/button";
import { pageActor } from "@/lib/http/page";
import { env } from "@/lib/infra/env";
import { currentSettings } from "@/lib/settings/queries";
import { RegisterCard } from "./register-card";

export const metadata: Metadata = { title: "Make an account" };

export default async function RegisterPage() {
  const actor = await pageActor().catch(() => null);
  if (actor?.kind === "session") redirect("/dashboard");
  const { registration, registration_domains } = await currentSettings();
  if (registration !== "open") return <ClosedCard isByInvitation={registration === "invitation"} />;
  return <RegisterCard domains={registration_domains} canMail={env().smtpUrl !== undefined} />;
}

function ClosedCard({ isByInvitation }: { isByInvitation: boolean }) {
  return (
    <AuthCard
      title="Accounts are not open to everybody here"
      text={
        isByInvitation
          ? "Whoever has an account can invite others: ask somebody you know, or an administrator of this install."
          : "Accounts come from an administrator of this install: ask one of them."
      }
    >
      <LinkButton href="/login" variant="primary" className="w-full">
        Go to the sign-in page
      </LinkButton>
    </AuthCard>
  );
}

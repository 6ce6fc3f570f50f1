import type { Metadata } from "next";
import { headers } from "next/headers";
import { Alert } from "@/app/_components/alert";
import { getOwnFactors, needsFactor } from "@/lib/factors/queries";
import { factorsView } from "@/lib/factors/view";
import { requireMemberPage } from "@/lib/http/page";
import { deviceName } from "@/lib/sessions/domain";
import { currentSettings } from "@/lib/settings/queries";
import { AppCard } from "./app-card";
import { ConnectionsCard } from "./connections-card";
import { PasskeysCard } from "./passkeys-card";
import { RecoveryCard } from "./recovery-card";

export const metadata: Metadata = { title: "Sign-in" };

type SecurityPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What one shows beside the password, and instead of it. */
export default async function SecurityPage({ searchParams }: SecurityPageProps) {
  const actor = await requireMemberPage();
  const { connected, error } = await searchParams;
  const [factors, settings, sent] = await Promise.all([getOwnFactors(actor), currentSettings(), headers()]);
  const isRequired = needsFactor(actor.user, settings);
  const { passkeys, recovery_codes_left } = factorsView(factors, isRequired);
  const { totpSince } = factors;
  const hasAny = totpSince !== null || passkeys.length > 0;
  return (
    <div className="grid grid-cols-1 gap-4">
      {isRequired && <Required hasAny={hasAny} />}
      <AppCard since={totpSince} isOnlyFactor={passkeys.length === 0} hasNoFactor={!hasAny} />
      <PasskeysCard
        rows={passkeys}
        isOnlyKind={totpSince === null}
        device={deviceName(sent.get("user-agent") ?? "")}
      />
      {hasAny && <RecoveryCard left={recovery_codes_left} />}
      <ConnectionsCard actor={actor} connected={connected} error={error} />
    </div>
  );
}

function Required({ hasAny }: { hasAny: boolean }) {
  return hasAny ? (
    <Alert
      title="Your role needs a second factor"
      text="You have one. To change to another, add the new one first."
    />
  ) : (
    <Alert
      tone="warning"
      title="Your role needs a second factor"
      text="Connect an app or add a passkey now; the next sign-in asks for it."
    />
  );
}

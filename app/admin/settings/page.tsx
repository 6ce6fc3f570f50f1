import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { describeInstall } from "@/lib/install/queries";
import { readSettings } from "@/lib/settings/queries";
import { defaultSettings } from "@/lib/settings/schema";
import { listSigningKeys } from "@/lib/tokens/queries";
import { signingKeyView } from "@/lib/tokens/view";
import { InstallFacts } from "./install-facts";
import { readKinds } from "./read-kinds";
import { SettingsForm } from "./settings-form";
import { SigningKeysCard } from "./signing-keys-card";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const actor = await requireAdminPage();
  const [settings, signingKeys] = await Promise.all([readSettings(), listSigningKeys(actor)]);
  return (
    <>
      <PageHeader
        title="Settings"
        description="What each one protects from and what it costs. The defaults are safe: change only what gets in your way."
        action={<LinkButton href="/admin/security">Security checklist</LinkButton>}
      />
      <div className="max-w-4xl space-y-6">
        <SettingsForm settings={settings} defaults={defaultSettings} kinds={readKinds()} />
        <SigningKeysCard keys={signingKeys.map(signingKeyView)} />
        <InstallFacts install={describeInstall(actor)} />
      </div>
    </>
  );
}

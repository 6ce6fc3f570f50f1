import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { describeInstall } from "@/lib/install/queries";
import { countAllKeys } from "@/lib/keys/queries";
import { readSettings } from "@/lib/settings/queries";
import { defaultSettings, settingKeys, settings as settingsSchema } from "@/lib/settings/schema";
import { listSigningKeys } from "@/lib/tokens/queries";
import { signingKeyView } from "@/lib/tokens/view";
import { listActiveAdmins } from "@/lib/users/queries";
import { InstallFacts } from "./install-facts";
import { SecurityChecklist } from "./security-checklist";
import { checkSecurity } from "./security-checks";
import { SettingsForm } from "./settings-form";
import { SigningKeysCard } from "./signing-keys-card";
import type { Bounds } from "./use-settings-form";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const actor = await requireAdminPage();
  const [settings, admins, signingKeys, unusedKeys, leakedKeys] = await Promise.all([
    readSettings(),
    listActiveAdmins(actor),
    listSigningKeys(actor),
    countAllKeys(actor, { state: "live", used: "unused_90d" }),
    countAllKeys(actor, { state: "frozen" }),
  ]);
  const install = describeInstall(actor);
  const keys = { unused: unusedKeys, leaked: leakedKeys };
  return (
    <>
      <PageHeader
        title="Settings"
        description="What each one protects from and what it costs. The defaults are safe: change only what gets in your way."
      />
      <div className="max-w-4xl space-y-6">
        <SecurityChecklist checks={checkSecurity(install, admins, keys, actor.user.id)} />
        <SettingsForm settings={settings} defaults={defaultSettings} bounds={readBounds()} />
        <SigningKeysCard keys={signingKeys.map(signingKeyView)} />
        <InstallFacts install={install} />
      </div>
    </>
  );
}

/** From the schema that the API checks with, so that page and API cannot disagree. */
function readBounds(): Bounds {
  const bounds = settingKeys.map((key) => {
    const { minValue, maxValue } = settingsSchema.shape[key].unwrap();
    return [key, { least: minValue ?? 0, most: maxValue ?? Number.MAX_SAFE_INTEGER }];
  });
  return Object.fromEntries(bounds) as Bounds;
}

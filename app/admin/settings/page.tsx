import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/page-header";
import { requireAdminPage } from "@/lib/http/page";
import { describeInstall } from "@/lib/install/queries";
import { readSettings } from "@/lib/settings/queries";
import { defaultSettings, settingKeys, settings as settingsSchema } from "@/lib/settings/schema";
import { listActiveAdmins } from "@/lib/users/queries";
import { InstallFacts } from "./install-facts";
import { SecurityChecklist } from "./security-checklist";
import { checkSecurity } from "./security-checks";
import { SettingsForm } from "./settings-form";
import type { Bounds } from "./use-settings-form";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const actor = await requireAdminPage();
  const [settings, admins] = await Promise.all([readSettings(), listActiveAdmins(actor)]);
  const install = describeInstall(actor);
  return (
    <>
      <PageHeader
        title="Settings"
        description="What each one protects from and what it costs. The defaults are safe: change only what gets in your way."
      />
      <div className="max-w-4xl space-y-6">
        <SecurityChecklist checks={checkSecurity(install, admins, actor.user.id)} />
        <SettingsForm settings={settings} defaults={defaultSettings} bounds={readBounds()} />
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

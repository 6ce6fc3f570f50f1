import { changeInstall } from "@/lib/factors/commands/change-install";
import { route } from "@/lib/http/route";
import { readSettings } from "@/lib/settings/queries";
import { defaultSettings, settingsChange, settingsView } from "@/lib/settings/schema";

export const GET = route(
  { summary: "Read the settings", auth: "admin", response: { status: 200, schema: settingsView } },
  async () => ({ settings: await readSettings(), defaults: defaultSettings }),
);

export const PATCH = route(
  {
    summary: "Change settings",
    description: "Members that are not named stay as they are; null goes back to the default.",
    auth: "admin",
    body: settingsChange,
    response: { status: 200, schema: settingsView },
    errors: ["settings.own_factor_first"],
  },
  async ({ actor, body }) => ({ settings: await changeInstall(actor, body), defaults: defaultSettings }),
);

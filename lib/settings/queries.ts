import { now } from "../infra/clock";
import { type Database, db } from "../infra/db/client";
import { singleton, takeSingleton } from "../infra/singleton";
import { rememberSettings } from "./known";
import { defaultSettings, type SettingKey, type Settings, settings } from "./schema";

/** The defaults with this install's changes on top; a stored value that is no longer valid counts as absent. */
export async function readSettings(database: Database = db()): Promise<Settings> {
  const rows = await database.setting.findMany();
  const values: Settings = { ...defaultSettings };
  for (const row of rows) {
    if (!Object.hasOwn(settings.shape, row.key)) continue;
    const key = row.key as SettingKey;
    const parsed = settings.shape[key].safeParse(JSON.parse(row.value));
    if (parsed.success) Object.assign(values, { [key]: parsed.data });
  }
  rememberSettings(values);
  return values;
}

const freshMs = 1_000;
type Cached = { values: Promise<Settings>; at: number };

/** For every request: read at most once a second, so that other processes' changes arrive within one. */
export function currentSettings(): Promise<Settings> {
  const cached = singleton<Cached>("settings", () => ({ values: readSettings(), at: now().getTime() }));
  if (Math.abs(now().getTime() - cached.at) < freshMs) return cached.values;
  forgetSettings();
  return currentSettings();
}

export const forgetSettings = (): void => void takeSingleton("settings");

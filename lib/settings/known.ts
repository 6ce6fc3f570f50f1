import { singleton } from "../infra/singleton";
import { defaultSettings, type Settings } from "./schema";

/**
 * The settings as this process read them last, for whoever may not wait for the database: the first look at a
 * request. Everybody else asks `currentSettings()`.
 */
const holder = () => singleton("known-settings", () => ({ values: defaultSettings }));

export const knownSettings = (): Settings => holder().values;
export function rememberSettings(values: Settings): void {
  holder().values = values;
}

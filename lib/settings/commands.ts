import { audited, type RecordEvent } from "../audit/commands/audited";
import { requireAdmin, type UserActor } from "../core/actor";
import { now } from "../infra/clock";
import type { Transaction } from "../infra/db/client";
import { forgetSettings, readSettings } from "./queries";
import { defaultSettings, type SettingKey, type Settings, type SettingsChange } from "./schema";

/** What else a change means, done with it or not at all: lower features have their say by this. */
type Consequence = (
  transaction: Transaction,
  record: RecordEvent,
  values: { before: Settings; after: Settings },
) => Promise<void>;

export async function changeSettings(
  actor: UserActor,
  change: SettingsChange,
  consequence?: Consequence,
): Promise<Settings> {
  requireAdmin(actor);
  const values = await audited(actor, async (transaction, record) => {
    const before = await readSettings(transaction);
    const detail: Record<string, { before: unknown; after: unknown }> = {};
    for (const [name, wanted] of Object.entries(change)) {
      const key = name as SettingKey;
      if (wanted === undefined) continue;
      const after = wanted ?? defaultSettings[key];
      if (JSON.stringify(after) !== JSON.stringify(before[key])) detail[key] = { before: before[key], after };
      if (wanted === null) await transaction.setting.deleteMany({ where: { key } });
      else {
        const row = { value: JSON.stringify(wanted), updatedAt: now() };
        await transaction.setting.upsert({ where: { key }, create: { key, ...row }, update: row });
      }
    }
    if (Object.keys(detail).length > 0) {
      record({
        action: "settings.changed",
        object: { type: "settings", id: null, label: Object.keys(detail).join(", ") },
        detail,
      });
    }
    const after = await readSettings(transaction);
    await consequence?.(transaction, record, { before, after });
    return after;
  });
  forgetSettings();
  return values;
}

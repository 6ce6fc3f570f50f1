"use client";

import { Card } from "@/app/_components/card";
import { FormError } from "@/app/_components/form-error";
import type { Settings } from "@/lib/settings/schema";
import { countOf } from "../_parts/count";
import { UnsavedBar } from "../_parts/unsaved-bar";
import type { SettingKinds } from "./setting-kinds";
import { SettingRow } from "./setting-row";
import { settingGroups } from "./setting-words";
import { useSettingsForm } from "./use-settings-form";

type SettingsFormProps = { settings: Settings; defaults: Settings; kinds: SettingKinds };

export function SettingsForm({ settings, defaults, kinds }: SettingsFormProps) {
  const form = useSettingsForm(settings, defaults, kinds);
  const { texts, faults, failure, isBusy, changed } = form;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.save();
      }}
      className="space-y-6"
    >
      {settingGroups.map((group) => (
        <Card key={group.title} title={group.title} description={group.text} isFlush>
          <div className="divide-y divide-line border-t">
            {group.settings.map((words) => (
              <SettingRow
                key={words.key}
                words={words}
                kind={kinds[words.key]}
                text={texts[words.key]}
                fault={faults[words.key]}
                usual={defaults[words.key]}
                onEdit={(text) => form.edit(words.key, text)}
                onLeave={() => form.check(words.key)}
              />
            ))}
          </div>
        </Card>
      ))}
      <FormError message={failure} />
      {changed.length > 0 && (
        <UnsavedBar
          text={`${countOf(changed.length, "change")} not saved`}
          isBusy={isBusy}
          onDiscard={form.discard}
        />
      )}
    </form>
  );
}

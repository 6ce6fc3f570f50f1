"use client";

import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { FormError } from "@/app/_components/form-error";
import type { Settings } from "@/lib/settings/schema";
import { countOf } from "../_parts/count";
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
        <section
          aria-label="Changes that are not saved"
          className="sticky bottom-4 z-20 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-lg border border-line-strong bg-surface py-2.5 pr-2.5 pl-4 shadow-pop"
        >
          <p role="status" className="font-medium">
            {countOf(changed.length, "change")} not saved
          </p>
          <div className="flex gap-2">
            <Button size="sm" onClick={form.discard} disabled={isBusy}>
              Discard
            </Button>
            <Button size="sm" type="submit" variant="primary" isBusy={isBusy}>
              Save changes
            </Button>
          </div>
        </section>
      )}
    </form>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { api } from "@/app/_client/api";
import { explainError, isCode } from "@/app/_client/explain-error";
import { toast } from "@/app/_components/toaster";
import type { SettingKey, Settings } from "@/lib/settings/schema";
import { type FieldFaults, faultsOf } from "../_parts/faults-of";
import { faultIn, type SettingKinds, textOf, typedValue } from "./setting-kinds";

type Texts = Record<SettingKey, string>;
type Faults = FieldFaults<SettingKey>;

const asTexts = (values: Settings): Texts =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, textOf(value)])) as Texts;

export const inputId = (key: SettingKey): string => `setting-${key}`;

/** What is typed, what is wrong with it, and what differs from what is stored. */
export function useSettingsForm(initial: Settings, defaults: Settings, kinds: SettingKinds) {
  const router = useRouter();
  const keys = Object.keys(defaults) as SettingKey[];
  const [stored, setStored] = useState(initial);
  const [texts, setTexts] = useState(() => asTexts(initial));
  const [faults, setFaults] = useState<Faults>({});
  const [failure, setFailure] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);

  const changed = keys.filter((key) => texts[key].trim() !== textOf(stored[key]));
  const faultOf = (key: SettingKey) => faultIn(kinds[key], texts[key]);

  function edit(key: SettingKey, text: string) {
    setTexts((before) => ({ ...before, [key]: text }));
    setFaults((before) => ({ ...before, [key]: undefined }));
  }

  const check = (key: SettingKey) => setFaults((before) => ({ ...before, [key]: faultOf(key) }));

  function discard() {
    setTexts(asTexts(stored));
    setFaults({});
    setFailure(undefined);
  }

  function showFaults(found: Faults) {
    setFaults(found);
    const first = keys.find((key) => found[key]);
    if (first) document.getElementById(inputId(first))?.focus();
  }

  async function save() {
    if (isRunning.current) return;
    const found: Faults = Object.fromEntries(changed.map((key) => [key, faultOf(key)]));
    if (changed.some((key) => found[key])) return showFaults(found);
    isRunning.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      // A value at its default is sent as null: it then follows the default of later versions.
      const change = changed.map((key) => {
        const value = typedValue(kinds[key], texts[key]);
        return [key, textOf(value) === textOf(defaults[key]) ? null : value];
      });
      const { settings } = await api<{ settings: Settings }>(
        "PATCH",
        "/api/v1/admin/settings",
        Object.fromEntries(change),
      );
      setStored(settings);
      setTexts(asTexts(settings));
      toast.success("Settings saved", { description: "They count from now on." });
      router.refresh();
    } catch (error) {
      const pointed = isCode(error, "settings.own_factor_first")
        ? {
            second_factor_admins:
              "Set up your own second factor first, under Account, Sign-in: you would lock yourself out.",
          }
        : faultsOf(error, keys);
      if (pointed) showFaults(pointed);
      else setFailure(explainError(error));
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  return { texts, faults, failure, isBusy, changed, edit, check, discard, save };
}

"use client";

import { useLate } from "@/app/_components/use-late";
import type { KeyChoice, KeySetting } from "./_parts/key-dialog";

const load = () => import("./_parts/key-dialog");

/** The dialogs bring a form library along, so they are fetched when the pointer or the focus comes near. */
export function useKeyDialog(setting: KeySetting) {
  const { opened, open, close } = useLate<typeof load, KeyChoice>(load);
  return {
    near: { onPointerEnter: load, onFocus: load },
    open,
    dialog: opened && <opened.module.KeyDialog choice={opened.subject} {...setting} onClose={close} />,
  };
}

"use client";

import { useLate } from "@/app/_components/use-late";
import type { FactorChoice } from "./_parts/factor-dialog";

const load = () => import("./_parts/factor-dialog");

/** Fetched when the pointer or the focus comes near. */
export function useFactorDialog() {
  const { opened, open, close } = useLate<typeof load, FactorChoice>(load);
  return {
    near: { onPointerEnter: load, onFocus: load },
    open,
    dialog: opened && <opened.module.FactorDialog choice={opened.subject} onClose={close} />,
  };
}

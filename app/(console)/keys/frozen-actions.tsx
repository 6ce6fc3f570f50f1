"use client";

import { Button } from "@/app/_components/button";
import type { KeyRow } from "./_parts/key-calls";
import type { KeySetting } from "./_parts/key-dialog";
import { useKeyDialog } from "./use-key-dialog";

export function FrozenActions({ row, setting }: { row: KeyRow; setting: KeySetting }) {
  const { near, open, dialog } = useKeyDialog(setting);
  return (
    <span className="flex gap-2" {...near}>
      <Button size="sm" aria-haspopup="dialog" onClick={() => open({ action: "replace", row })}>
        Make a new key
      </Button>
      <Button size="sm" aria-haspopup="dialog" onClick={() => open({ action: "revoke", row })}>
        Revoke
      </Button>
      {dialog}
    </span>
  );
}

"use client";

import { Plus } from "lucide-react";
import { Button } from "@/app/_components/button";
import type { KeySetting } from "./_parts/key-dialog";
import { useKeyDialog } from "./use-key-dialog";

type CreateKeyButtonProps = { setting: KeySetting; label?: string };

export function CreateKeyButton({ setting, label = "Create a key" }: CreateKeyButtonProps) {
  const { near, open, dialog } = useKeyDialog(setting);
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" {...near} onClick={() => open({ action: "create" })}>
        <Plus aria-hidden="true" />
        {label}
      </Button>
      {dialog}
    </>
  );
}

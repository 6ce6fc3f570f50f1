"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { DropdownMenu, DropdownMenuItem, DropdownMenuSeparator } from "@/app/_components/dropdown-menu";
import { IconButton } from "@/app/_components/icon-button";
import type { PasskeyView } from "./_parts/factor-calls";
import { useFactorDialog } from "./use-factor-dialog";

export function PasskeyMenu({ passkey, isLast }: { passkey: PasskeyView; isLast: boolean }) {
  const { near, open, dialog } = useFactorDialog();
  const label = `Actions for ${passkey.name}`;
  return (
    <span {...near}>
      <DropdownMenu
        label={label}
        trigger={
          <IconButton label={label}>
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <DropdownMenuItem icon={<Pencil />} onSelect={() => open({ action: "rename-passkey", passkey })}>
          Rename
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          icon={<Trash2 />}
          tone="danger"
          onSelect={() => open({ action: "remove-passkey", passkey, isLast })}
        >
          Remove
        </DropdownMenuItem>
      </DropdownMenu>
      {dialog}
    </span>
  );
}

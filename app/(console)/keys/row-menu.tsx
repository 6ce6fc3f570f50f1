"use client";

import { Ban, Ellipsis, Pencil, Plus, RefreshCw } from "lucide-react";
import { DropdownMenu, DropdownMenuItem, DropdownMenuSeparator } from "@/app/_components/dropdown-menu";
import { IconButton } from "@/app/_components/icon-button";
import type { KeyRow } from "./_parts/key-calls";
import type { KeySetting } from "./_parts/key-dialog";
import { marksText } from "./_parts/key-words";
import { useKeyDialog } from "./use-key-dialog";

type RowMenuProps = { row: KeyRow; setting: KeySetting };

/** What the state of the key allows, and nothing else. */
export function RowMenu({ row, setting }: RowMenuProps) {
  const { near, open, dialog } = useKeyDialog(setting);
  const label = `Actions for ${row.name} ${marksText(row)}`;
  const isChangeable = row.state === "live" && !row.replaced_by;
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
        {isChangeable && (
          <DropdownMenuItem icon={<Pencil />} onSelect={() => open({ action: "edit", row })}>
            Edit
          </DropdownMenuItem>
        )}
        {isChangeable ? (
          <DropdownMenuItem icon={<RefreshCw />} onSelect={() => open({ action: "roll", row })}>
            Roll
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem icon={<Plus />} onSelect={() => open({ action: "replace", row })}>
            Create one like it
          </DropdownMenuItem>
        )}
        {row.state !== "revoked" && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem icon={<Ban />} tone="danger" onSelect={() => open({ action: "revoke", row })}>
              Revoke
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenu>
      {dialog}
    </span>
  );
}

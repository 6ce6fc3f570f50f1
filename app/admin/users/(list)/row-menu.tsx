"use client";

import {
  Ban,
  CircleCheck,
  Ellipsis,
  KeyRound,
  LinkIcon,
  LogOut,
  RotateCcw,
  SquareArrowOutUpRight,
  Trash2,
} from "lucide-react";
import { DropdownMenu, DropdownMenuItem, DropdownMenuSeparator } from "@/app/_components/dropdown-menu";
import { IconButton } from "@/app/_components/icon-button";
import type { UserRow } from "../_parts/user-calls";
import type { UserAction } from "../_parts/user-dialog";

type RowMenuProps = { user: UserRow; onChoose: (action: UserAction) => void };

/** What the state of the account allows, and nothing else. */
export function RowMenu({ user, onChoose }: RowMenuProps) {
  const { state } = user;
  return (
    <DropdownMenu
      label={`Actions for ${user.email}`}
      trigger={
        <IconButton label={`Actions for ${user.email}`}>
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
    >
      <DropdownMenuItem icon={<SquareArrowOutUpRight />} href={`/admin/users/${user.id}`}>
        Open
      </DropdownMenuItem>
      {state === "invited" && (
        <DropdownMenuItem icon={<LinkIcon />} onSelect={() => onChoose("invitation")}>
          New invitation link
        </DropdownMenuItem>
      )}
      {state === "active" && (
        <DropdownMenuItem icon={<KeyRound />} onSelect={() => onChoose("password")}>
          Start password reset
        </DropdownMenuItem>
      )}
      {state === "active" && (
        <DropdownMenuItem icon={<LogOut />} onSelect={() => onChoose("end-sessions")}>
          End all sessions
        </DropdownMenuItem>
      )}
      {(state === "active" || state === "invited") && (
        <DropdownMenuItem icon={<Ban />} onSelect={() => onChoose("disable")}>
          Disable
        </DropdownMenuItem>
      )}
      {state === "disabled" && (
        <DropdownMenuItem icon={<CircleCheck />} onSelect={() => onChoose("enable")}>
          Enable
        </DropdownMenuItem>
      )}
      <DropdownMenuSeparator />
      {state === "deleted" ? (
        <DropdownMenuItem icon={<RotateCcw />} onSelect={() => onChoose("restore")}>
          Restore
        </DropdownMenuItem>
      ) : (
        <DropdownMenuItem icon={<Trash2 />} tone="danger" onSelect={() => onChoose("delete")}>
          Delete
        </DropdownMenuItem>
      )}
    </DropdownMenu>
  );
}

"use client";

import { CreateDialog } from "./create-dialog";
import { EditDialog } from "./edit-dialog";
import type { KeyRow } from "./key-calls";
import type { KeyOwner } from "./key-values";
import { RevokeDialog } from "./revoke-dialog";
import { RollKeyDialog } from "./roll-key-dialog";

/** Where the dialogs find themselves: what the owner may give, and the address that programs call. */
export type KeySetting = { owner: KeyOwner; baseUrl: string };

export type KeyAction = "edit" | "roll" | "revoke" | "replace";
export type KeyChoice = { action: "create" } | { action: KeyAction; row: KeyRow };

type KeyDialogProps = KeySetting & { choice: KeyChoice; onClose: () => void };

/** One door to all dialogs about keys, fetched when the first one is wanted. */
export function KeyDialog({ choice, ...props }: KeyDialogProps) {
  if (choice.action === "create") return <CreateDialog {...props} />;
  const { action, row } = choice;
  if (action === "replace") return <CreateDialog like={row} {...props} />;
  if (action === "edit") return <EditDialog row={row} {...props} />;
  if (action === "roll") return <RollKeyDialog row={row} {...props} />;
  return <RevokeDialog row={row} {...props} />;
}

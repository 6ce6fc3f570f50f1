"use client";

import { LinkDialog } from "./link-dialog";
import { ResetFactorsDialog } from "./reset-factors-dialog";
import type { Person } from "./user-calls";
import { DeleteDialog, DisableDialog, EnableDialog, EndSessionsDialog, RestoreDialog } from "./user-dialogs";

export type UserAction =
  | "disable"
  | "enable"
  | "end-sessions"
  | "reset-factors"
  | "delete"
  | "restore"
  | "invitation"
  | "password";

type UserDialogProps = { action: UserAction; user: Person; isSelf: boolean; onClose: () => void };

/** One door to all dialogs about a user, fetched when the first one is wanted. */
export function UserDialog({ action, ...props }: UserDialogProps) {
  if (action === "invitation" || action === "password") return <LinkDialog kind={action} {...props} />;
  if (action === "disable") return <DisableDialog {...props} />;
  if (action === "enable") return <EnableDialog {...props} />;
  if (action === "end-sessions") return <EndSessionsDialog {...props} />;
  if (action === "reset-factors") return <ResetFactorsDialog {...props} />;
  if (action === "delete") return <DeleteDialog {...props} />;
  return <RestoreDialog {...props} />;
}

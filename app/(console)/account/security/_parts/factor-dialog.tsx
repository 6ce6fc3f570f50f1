"use client";

import type { NewTotp } from "@/app/_client/app-setup";
import { AddPasskeyDialog } from "./add-passkey-dialog";
import { ConnectAppDialog } from "./connect-app-dialog";
import type { PasskeyView } from "./factor-calls";
import { NewCodesDialog } from "./new-codes-dialog";
import { RemoveAppDialog, RemovePasskeyDialog } from "./remove-dialogs";
import { RenamePasskeyDialog } from "./rename-passkey-dialog";

/** `isLast`: without it the password alone is enough again. */
export type FactorChoice =
  | { action: "connect-app"; setup: NewTotp }
  | { action: "remove-app"; isLast: boolean }
  | { action: "new-codes"; left: number }
  | { action: "add-passkey"; device: string }
  | { action: "rename-passkey"; passkey: PasskeyView }
  | { action: "remove-passkey"; passkey: PasskeyView; isLast: boolean };

/** One door to all dialogs about one's own second factors, fetched when the first one is wanted. */
export function FactorDialog({ choice, onClose }: { choice: FactorChoice; onClose: () => void }) {
  if (choice.action === "connect-app") return <ConnectAppDialog setup={choice.setup} onClose={onClose} />;
  if (choice.action === "remove-app") return <RemoveAppDialog isLast={choice.isLast} onClose={onClose} />;
  if (choice.action === "new-codes") return <NewCodesDialog left={choice.left} onClose={onClose} />;
  if (choice.action === "add-passkey") return <AddPasskeyDialog device={choice.device} onClose={onClose} />;
  const { passkey } = choice;
  if (choice.action === "rename-passkey") return <RenamePasskeyDialog passkey={passkey} onClose={onClose} />;
  return <RemovePasskeyDialog passkey={passkey} isLast={choice.isLast} onClose={onClose} />;
}

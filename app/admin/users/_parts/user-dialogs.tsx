"use client";

import { useRouter } from "next/navigation";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toaster";
import { useUndo } from "./use-undo";
import { deleteUser, disableUser, enableUser, endSessionsOf, type Person, restoreUser } from "./user-calls";

type DialogProps = { user: Person; isSelf: boolean; onClose: () => void };

const own = <strong> This is your own account: you are signed out at once.</strong>;

export function DisableDialog({ user, isSelf, onClose }: DialogProps) {
  const offerUndo = useUndo();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Disable ${user.name}?`}
      confirmLabel="Disable"
      consequences={
        <>
          <strong>{user.email}</strong> is signed out everywhere within a second and cannot sign in until you
          enable the account again. Open invitation and reset links stop working. Nothing is removed.
          {isSelf && own}
        </>
      }
      onConfirm={async () => {
        await inPlainWords(disableUser(user.id));
        offerUndo(
          `${user.name} is disabled`,
          "Their sessions have ended.",
          () => enableUser(user.id),
          `${user.name} can sign in again`,
        );
      }}
    />
  );
}

export function DeleteDialog({ user, isSelf, onClose }: DialogProps) {
  const offerUndo = useUndo();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${user.name}?`}
      confirmLabel="Delete user"
      typeToConfirm={user.email}
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <strong>{user.email}</strong> is signed out everywhere and can no longer sign in.
          </li>
          <li>Open invitation and reset links stop working.</li>
          <li>
            The data and the history are kept, and the e-mail address stays taken. You can restore the account
            at any time.
          </li>
          {isSelf && <li>{own}</li>}
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(deleteUser(user.id));
        offerUndo(
          `${user.name} is deleted`,
          "The account can be restored.",
          () => restoreUser(user.id),
          `${user.name} is restored`,
        );
      }}
    />
  );
}

export function EndSessionsDialog({ user, isSelf, onClose }: DialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`End all sessions of ${user.name}?`}
      confirmLabel="End all sessions"
      consequences={
        <>
          Every browser in which <strong>{user.email}</strong> is signed in is signed out within a second.
          They can sign in again with their password.
          {isSelf && own}
        </>
      }
      onConfirm={async () => {
        await inPlainWords(endSessionsOf(user.id));
        toast.success(`${user.name} is signed out everywhere`);
        router.refresh();
      }}
    />
  );
}

export function EnableDialog({ user, onClose }: DialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="neutral"
      title={`Enable ${user.name}?`}
      confirmLabel="Enable"
      consequences={
        <>
          <strong>{user.email}</strong> can sign in again, with the role and the password from before. If the
          invitation was never accepted, make a new invitation link.
        </>
      }
      onConfirm={async () => {
        await inPlainWords(enableUser(user.id));
        toast.success(`${user.name} is enabled`);
        router.refresh();
      }}
    />
  );
}

export function RestoreDialog({ user, onClose }: DialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="neutral"
      title={`Restore ${user.name}?`}
      confirmLabel="Restore"
      consequences={
        <>
          <strong>{user.email}</strong> gets the account back as it was: same role, plan, data and password.
          If it was disabled before, it stays disabled.
        </>
      }
      onConfirm={async () => {
        await inPlainWords(restoreUser(user.id));
        toast.success(`${user.name} is restored`);
        router.refresh();
      }}
    />
  );
}

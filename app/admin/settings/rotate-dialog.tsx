"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toaster";

export function RotateDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      tone="neutral"
      title="Make a new signing key?"
      confirmLabel="Make the key"
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <strong>When:</strong> somebody may have read the database and secrets.json, such as a lost backup
            or a disk that was handed on; or once a year, as a habit.
          </li>
          <li>
            <strong>Nobody is signed out.</strong> New tokens are signed with the new key at once. Those that
            are out stay good until they end by themselves, within days.
          </li>
          <li>
            Services that check tokens themselves find the new key at{" "}
            <span className="font-mono text-[13px]">/.well-known/jwks.json</span>. Until the old one stops,
            they go on trusting what it signed.
          </li>
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(api("POST", "/api/v1/admin/signing-keys"));
        toast.success("New tokens are signed with the new key");
        router.refresh();
      }}
    />
  );
}

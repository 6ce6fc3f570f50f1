"use client";

import { useRouter } from "next/navigation";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { RelativeTime } from "@/app/_components/relative-time";
import { toast } from "@/app/_components/toast";
import { type KeyRow, revokeKey } from "./key-calls";
import { marksText } from "./key-words";

type RevokeDialogProps = { row: KeyRow; onClose: () => void };

export function RevokeDialog({ row, onClose }: RevokeDialogProps) {
  const router = useRouter();
  const isWorking = row.state === "live";
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Revoke “${row.name}”?`}
      confirmLabel="Revoke key"
      // A page shows several blanks as one, and that is what people type.
      typeToConfirm={row.name.trim().replaceAll(/\s+/g, " ")}
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            {isWorking ? (
              <>
                Every program that uses <strong className="font-mono">{marksText(row)}</strong> is refused
                from the next call on.
              </>
            ) : (
              <>
                <strong className="font-mono">{marksText(row)}</strong> opens nothing already; this makes it
                final.
              </>
            )}
          </li>
          <li>
            {row.last_used_at ? (
              <>
                It was last used <RelativeTime at={row.last_used_at} /> from {row.last_used_address}.
              </>
            ) : (
              "It was never used."
            )}
          </li>
          <li>
            This cannot be undone.
            {isWorking && !row.replaced_by && " To exchange it without a pause, roll it instead."}
          </li>
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(revokeKey(row.id));
        toast.success("Key revoked", { description: `${row.name} opens nothing any more.` });
        router.refresh();
      }}
    />
  );
}

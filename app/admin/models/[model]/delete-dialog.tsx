"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { toast } from "@/app/_components/toaster";
import { modelApi } from "../_parts/model-paths";

type DeleteDialogProps = { name: string; title: string; reach: string; onClose: () => void };

export function DeleteDialog({ name, title, reach, onClose }: DeleteDialogProps) {
  const router = useRouter();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${title}?`}
      confirmLabel="Delete model"
      typeToConfirm={name}
      consequences={
        <ul className="list-disc space-y-1 pl-5">
          <li>
            It stops working for <strong>{reach}</strong>, from the next call on.{" "}
            <Link
              href={`/admin/keys?model=${encodeURIComponent(name)}&state=live`}
              target="_blank"
              className="text-accent-ink underline underline-offset-4"
            >
              Show these keys
            </Link>
          </li>
          <li>All of its versions go with it. This cannot be undone.</li>
          <li>To stop calls for a while, pause it instead.</li>
        </ul>
      }
      onConfirm={async () => {
        await inPlainWords(api("DELETE", modelApi(name)));
        toast.success(`${title} is deleted`, { description: "Its name stays taken." });
        router.push("/admin/models");
      }}
    />
  );
}

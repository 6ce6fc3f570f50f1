"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";
import { useLate } from "@/app/_components/use-late";
import type { ProviderView } from "@/lib/providers/schema";
import { lossWords } from "./provider-words";

const load = () => import("@/app/_components/confirm-dialog");

export function DeleteProviderButton({ provider }: { provider: ProviderView }) {
  const router = useRouter();
  const { opened, open, close } = useLate(load);
  const { id, title, people } = provider;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-haspopup="dialog"
        aria-label={`Delete ${title}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Delete
      </Button>
      {opened && (
        <opened.module.ConfirmDialog
          open
          onOpenChange={close}
          title={`Delete ${title}?`}
          consequences={`${lossWords(provider)} All connections to it are gone for good. To stop it for a while, switch it off instead.`}
          confirmLabel="Delete service"
          {...(people > 0 ? { typeToConfirm: title } : {})}
          onConfirm={async () => {
            await inPlainWords(api("DELETE", `/api/v1/admin/providers/${encodeURIComponent(id)}`));
            toast.success(`${title} is deleted`);
            router.refresh();
          }}
        />
      )}
    </>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { inPlainWords } from "@/app/_client/explain-error";
import { Button } from "@/app/_components/button";
import { toast } from "@/app/_components/toast";
import { useLate } from "@/app/_components/use-late";

const load = () => import("@/app/_components/confirm-dialog");

type DisconnectButtonProps = { provider: string; title: string };

export function DisconnectButton({ provider, title }: DisconnectButtonProps) {
  const router = useRouter();
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-haspopup="dialog"
        aria-label={`Disconnect ${title}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Disconnect
      </Button>
      {opened && (
        <opened.module.ConfirmDialog
          open
          onOpenChange={close}
          title={`Disconnect ${title}?`}
          consequences="It signs you in no longer. Devices that are signed in stay so. You can connect it again."
          confirmLabel="Disconnect"
          onConfirm={async () => {
            await inPlainWords(api("DELETE", `/api/auth/accounts/${encodeURIComponent(provider)}`));
            toast.success(`${title} is disconnected`);
            router.refresh();
          }}
        />
      )}
    </>
  );
}

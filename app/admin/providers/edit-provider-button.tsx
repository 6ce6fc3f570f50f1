"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { ProviderView } from "@/lib/providers/schema";

const load = () => import("./edit-provider-dialog");

export function EditProviderButton({ provider }: { provider: ProviderView }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Edit ${provider.title}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Edit
      </Button>
      {opened && <opened.module.EditProviderDialog provider={provider} onClose={close} />}
    </>
  );
}

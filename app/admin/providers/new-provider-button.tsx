"use client";

import { Plus } from "lucide-react";
import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";

const load = () => import("./new-provider-dialog");

export function NewProviderButton({ baseUrl, taken }: { baseUrl: string; taken: readonly string[] }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        variant="primary"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        <Plus aria-hidden="true" />
        Add service
      </Button>
      {opened && <opened.module.NewProviderDialog baseUrl={baseUrl} taken={taken} onClose={close} />}
    </>
  );
}

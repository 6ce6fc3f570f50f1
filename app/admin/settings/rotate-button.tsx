"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";

const load = () => import("./rotate-dialog");

export function RotateButton() {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Make a new signing key
      </Button>
      {opened && <opened.module.RotateDialog onClose={close} />}
    </>
  );
}

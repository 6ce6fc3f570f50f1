"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";

const load = () => import("./delete-account-dialog");

/** The button at once; the dialog is fetched when somebody goes for it. */
export function DeleteAccountButton({ email }: { email: string }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        variant="danger"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        Delete account
      </Button>
      {opened && <opened.module.DeleteAccountDialog email={email} onClose={close} />}
    </>
  );
}

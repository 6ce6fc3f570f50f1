"use client";

import { UserPlus } from "lucide-react";
import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { Plan } from "./invite-form";

const load = () => import("./invite-dialog");

/** The dialog brings a form library along, so it is fetched when somebody reaches for the button. */
export function InviteButton({ plans }: { plans: readonly Plan[] }) {
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
        <UserPlus aria-hidden="true" />
        Invite a user
      </Button>
      {opened && <opened.module.InviteDialog plans={plans} onClose={close} />}
    </>
  );
}

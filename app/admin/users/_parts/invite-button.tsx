"use client";

import { UserPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/app/_components/button";
import type { Plan } from "./invite-form";

const load = () => import("./invite-dialog");
const InviteDialog = lazy(load);

/** The dialog brings a form library along, so it is fetched when somebody reaches for the button. */
export function InviteButton({ plans }: { plans: readonly Plan[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setIsOpen(true)}
      >
        <UserPlus aria-hidden="true" />
        Invite a user
      </Button>
      {isOpen && (
        <Suspense>
          <InviteDialog plans={plans} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

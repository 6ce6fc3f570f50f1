"use client";

import { useState } from "react";
import { leaveSession } from "@/app/_client/leave-session";
import { Button } from "@/app/_components/button";

export function SignOutButton() {
  const [isBusy, setIsBusy] = useState(false);
  return (
    <Button
      size="sm"
      isBusy={isBusy}
      onClick={async () => {
        setIsBusy(true);
        await leaveSession();
        setIsBusy(false);
      }}
    >
      Sign out
    </Button>
  );
}

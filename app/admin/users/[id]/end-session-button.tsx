"use client";

import type { z } from "zod";
import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { sessionView } from "@/lib/sessions/schema";

const load = () => import("./end-session-dialog");

export function EndSessionButton({ session }: { session: z.infer<typeof sessionView> }) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`End the session on ${session.device}, ${session.address}`}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
      >
        End
      </Button>
      {opened && <opened.module.EndSessionDialog session={session} onClose={close} />}
    </>
  );
}

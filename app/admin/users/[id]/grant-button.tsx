"use client";

import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { AboutUser } from "./about-user";

const load = () => import("./grant-dialog");

export function GrantButton({ user, hasQuota }: Pick<AboutUser, "user"> & { hasQuota: boolean }) {
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
        Grant units
      </Button>
      {opened && <opened.module.GrantDialog user={user} hasQuota={hasQuota} onClose={close} />}
    </>
  );
}

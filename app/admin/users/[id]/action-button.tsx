"use client";

import type { ComponentProps } from "react";
import { Button } from "@/app/_components/button";
import { useLate } from "@/app/_components/use-late";
import type { Person } from "../_parts/user-calls";
import type { UserAction } from "../_parts/user-dialog";

const load = () => import("../_parts/user-dialog");

type ActionButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "size" | "children"> & {
  action: UserAction;
  user: Person;
  isSelf: boolean;
};

export function ActionButton({ action, user, isSelf, ...look }: ActionButtonProps) {
  const { opened, open, close } = useLate(load);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => open(undefined)}
        {...look}
      />
      {opened && <opened.module.UserDialog action={action} user={user} isSelf={isSelf} onClose={close} />}
    </>
  );
}

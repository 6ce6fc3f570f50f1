"use client";

import { type ComponentProps, lazy, Suspense, useState } from "react";
import { Button } from "@/app/_components/button";
import type { Person } from "../_parts/user-calls";
import type { UserAction } from "../_parts/user-dialog";

const load = () => import("../_parts/user-dialog");
const UserDialog = lazy(load);

type ActionButtonProps = Pick<ComponentProps<typeof Button>, "variant" | "size" | "children"> & {
  action: UserAction;
  user: Person;
  isSelf: boolean;
};

export function ActionButton({ action, user, isSelf, ...look }: ActionButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setIsOpen(true)}
        {...look}
      />
      {isOpen && (
        <Suspense>
          <UserDialog action={action} user={user} isSelf={isSelf} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { IconButton } from "@/app/_components/icon-button";
import { writeCookie } from "@/app/_components/write-cookie";
import { firstStepsCookie } from "./first-steps-cookie";

export function DismissFirstSteps({ userId }: { userId: string }) {
  const router = useRouter();
  return (
    <IconButton
      label="Put the first steps away"
      title="Put the first steps away"
      className="-mr-2"
      onClick={() => {
        writeCookie(firstStepsCookie, userId);
        router.refresh();
      }}
    >
      <X aria-hidden="true" />
    </IconButton>
  );
}

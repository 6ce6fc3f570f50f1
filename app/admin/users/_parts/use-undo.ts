"use client";

import { useRouter } from "next/navigation";
import { explainError } from "@/app/_client/explain-error";
import { toast } from "@/app/_components/toaster";

/** Says what was done and offers to take it back. */
export function useUndo() {
  const router = useRouter();
  return (title: string, description: string, undo: () => Promise<unknown>, undone: string) => {
    router.refresh();
    toast.success(title, {
      description,
      duration: 10_000,
      action: {
        label: "Undo",
        onClick: async () => {
          try {
            await undo();
            toast(undone);
          } catch (error) {
            toast.error("It could not be undone", { description: explainError(error) });
          }
          router.refresh();
        },
      },
    });
  };
}

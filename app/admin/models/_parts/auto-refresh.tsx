"use client";

import { useRouter } from "next/navigation";
import { useWhileWatched } from "@/app/_client/use-while-watched";

/** Reads the page anew every few seconds, while it is visible and somebody is there. */
export function AutoRefresh({ everyMs = 5_000 }: { everyMs?: number }) {
  const router = useRouter();
  useWhileWatched(() => router.refresh(), { everyMs });
  return null;
}

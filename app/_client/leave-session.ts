"use client";

import { toast } from "@/app/_components/toast";
import { signOut, toProblem } from "./api";

/** Signs out and goes to the sign-in page; returns only when that failed. */
export async function leaveSession(): Promise<void> {
  try {
    await signOut();
  } catch (error) {
    toast.error("You are still signed in", { description: toProblem(error).detail });
    return;
  }
  // A full load: nothing that was read while signed in stays in the memory of the page.
  window.location.assign("/login");
  await new Promise(() => {});
}

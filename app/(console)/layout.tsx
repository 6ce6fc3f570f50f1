import type { ReactNode } from "react";
import { AppShell } from "@/app/_console/app-shell";
import { requireMemberPage } from "@/lib/http/page";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  return <AppShell actor={await requireMemberPage()}>{children}</AppShell>;
}

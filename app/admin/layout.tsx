import type { ReactNode } from "react";
import { AppShell } from "@/app/_console/app-shell";
import { requireAdminPage } from "@/lib/http/page";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  return <AppShell actor={await requireAdminPage()}>{children}</AppShell>;
}

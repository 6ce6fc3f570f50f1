import type { ReactNode } from "react";
import { PageHeader } from "@/app/_components/page-header";
import { TabsNav } from "@/app/_components/tabs-nav";
import { requireMemberPage } from "@/lib/http/page";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireMemberPage();
  return (
    <>
      <PageHeader title="Account" description="Your profile, your password, and where you are signed in." />
      <TabsNav
        label="Account"
        items={[
          { href: "/account", label: "Profile" },
          { href: "/account/sessions", label: "Sessions" },
        ]}
      />
      {children}
    </>
  );
}

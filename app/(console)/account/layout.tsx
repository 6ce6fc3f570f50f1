import type { ReactNode } from "react";
import { PageHeader } from "@/app/_components/page-header";
import { TabsNav } from "@/app/_components/tabs-nav";
import { requireMemberPage } from "@/lib/http/page";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireMemberPage();
  return (
    <>
      <PageHeader
        title="Account"
        description="Your profile, how you sign in and where you did, what you are told of, and what is held about you."
      />
      <TabsNav
        label="Account"
        items={[
          { href: "/account", label: "Profile" },
          { href: "/account/security", label: "Sign-in" },
          { href: "/account/sessions", label: "Sessions" },
          { href: "/account/notifications", label: "Notifications" },
          { href: "/account/data", label: "Your data" },
        ]}
      />
      {children}
    </>
  );
}

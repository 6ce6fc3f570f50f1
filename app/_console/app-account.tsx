"use client";

import { leaveSession } from "@/app/_client/leave-session";
import { AccountMenu } from "@/app/_components/account-menu";

export function AppAccount({ user }: { user: { name: string; email: string } }) {
  return <AccountMenu user={user} onSignOut={leaveSession} />;
}

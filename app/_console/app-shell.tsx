import type { ReactNode } from "react";
import { paletteItems, Shell } from "@/app/_components/shell";
import { isAdmin, type SessionActor } from "@/lib/core/actor";
import { AppAccount } from "./app-account";
import { AppPalette } from "./app-palette";
import { navigation } from "./navigation";
import { SessionWatch } from "./session-watch";

/** The frame around every page of people who are signed in. */
export function AppShell({ actor, children }: { actor: SessionActor; children: ReactNode }) {
  const { id, name, email } = actor.user;
  const groups = navigation(isAdmin(actor));
  return (
    <SessionWatch userId={id}>
      <Shell
        groups={groups}
        user={{ name, email }}
        palette={<AppPalette items={paletteItems(groups)} canSearchUsers={isAdmin(actor)} />}
        account={<AppAccount user={{ name, email }} />}
      >
        {children}
      </Shell>
    </SessionWatch>
  );
}

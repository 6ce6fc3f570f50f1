import type { ReactNode } from "react";
import { paletteItems, Shell } from "@/app/_components/shell";
import { isAdmin, type SessionActor } from "@/lib/core/actor";
import { AlertBell } from "./alert-bell";
import { AppAccount } from "./app-account";
import { AppPalette } from "./app-palette";
import { actions, navigation } from "./navigation";
import { SessionWatch } from "./session-watch";
import { StepUp } from "./step-up";

/** Pages without an entry of their own in the sidebar that people look for by name. */
const insideAccount = [
  {
    id: "security",
    label: "Sign-in: second factor and passkeys",
    href: "/account/security",
    group: "Account",
  },
  { id: "sessions", label: "Sessions", href: "/account/sessions", group: "Account" },
  {
    id: "notifications",
    label: "Notifications and webhooks",
    href: "/account/notifications",
    group: "Account",
  },
];

/** The frame around every page of people who are signed in. */
export function AppShell({ actor, children }: { actor: SessionActor; children: ReactNode }) {
  const { id, name, email } = actor.user;
  const groups = navigation(isAdmin(actor));
  return (
    <SessionWatch userId={id}>
      <StepUp email={email} />
      <Shell
        groups={groups}
        user={{ name, email }}
        palette={
          <AppPalette
            items={[...paletteItems(groups), ...actions, ...insideAccount]}
            canSearchUsers={isAdmin(actor)}
          />
        }
        news={<AlertBell actor={actor} />}
        account={<AppAccount user={{ name, email }} />}
      >
        {children}
      </Shell>
    </SessionWatch>
  );
}

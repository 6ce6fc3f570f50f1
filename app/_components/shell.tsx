import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu } from "./account-menu";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";
import { CommandPalette } from "./command-palette";
import { Mark } from "./mark";
import type { NavGroup } from "./nav";
import { ShellCrumbs } from "./shell-crumbs";
import { ShellNav } from "./shell-nav";
import { ShellNavSheet } from "./shell-nav-sheet";

type ShellProps = {
  groups: readonly NavGroup[];
  user: { name: string; email: string };
  /** Without them the group and the page of the sidebar are shown. */
  breadcrumbs?: readonly Crumb[];
  /** A client component around CommandPalette, to add a search. */
  palette?: ReactNode;
  /** Between the search and the account: what is new. */
  news?: ReactNode;
  /** A client component around AccountMenu, to add signing out. */
  account?: ReactNode;
  children: ReactNode;
};

/** The frame of every signed-in page. */
export async function Shell(props: ShellProps) {
  const { groups, user, breadcrumbs, palette, news, account, children } = props;
  const isCollapsed = (await cookies()).get("nav")?.value === "collapsed";
  return (
    <div className="min-h-dvh md:flex">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-canvas focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <ShellNav groups={groups} initiallyCollapsed={isCollapsed} />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b bg-canvas px-4 md:px-8 print:hidden">
          <ShellNavSheet groups={groups} />
          <Link href="/" aria-label="Adyton, start page" className="mr-1 rounded-sm md:hidden">
            <Mark />
          </Link>
          <div className="min-w-0 flex-1">
            {breadcrumbs ? <Breadcrumbs items={breadcrumbs} /> : <ShellCrumbs groups={groups} />}
          </div>
          {palette ?? <CommandPalette items={paletteItems(groups)} />}
          {news}
          {account ?? <AccountMenu user={user} />}
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl flex-1 px-4 py-6 outline-none md:px-8 md:py-8 print:max-w-none print:p-0"
        >
          {children}
        </main>
      </div>
    </div>
  );
}

/** Every page of the sidebar as something to go to. */
export function paletteItems(groups: readonly NavGroup[]) {
  return groups.flatMap((group) =>
    group.items.map(({ href, label }) => ({ id: href, label, href, group: group.label })),
  );
}

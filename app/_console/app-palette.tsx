"use client";

import { api } from "@/app/_client/api";
import type { CommandItem } from "@/app/_components/command-item";
import { CommandPalette } from "@/app/_components/command-palette";

type AppPaletteProps = { items: readonly CommandItem[]; canSearchUsers: boolean };

export function AppPalette({ items, canSearchUsers }: AppPaletteProps) {
  if (!canSearchUsers) return <CommandPalette items={items} />;
  return <CommandPalette items={items} search={findUsers} placeholder="Go to a page or a user" />;
}

type FoundUsers = { items: { id: string; name: string; email: string }[] };

async function findUsers(query: string): Promise<CommandItem[]> {
  const search = new URLSearchParams({ q: query.slice(0, 200), limit: "6" });
  const { items } = await api<FoundUsers>("GET", `/api/v1/admin/users?${search}`);
  return items.map(({ id, name, email }) => ({
    id,
    label: name,
    hint: email,
    href: `/admin/users/${id}`,
    group: "Users",
  }));
}

"use client";

import { api } from "@/app/_client/api";
import type { CommandItem } from "@/app/_components/command-item";
import { CommandPalette } from "@/app/_components/command-palette";

type AppPaletteProps = { items: readonly CommandItem[]; canSearchUsers: boolean };

export function AppPalette({ items, canSearchUsers }: AppPaletteProps) {
  return canSearchUsers ? (
    <CommandPalette items={items} search={findAll} placeholder="Go to a page, a model or a user" />
  ) : (
    <CommandPalette items={items} search={findModels} placeholder="Go to a page or a model" />
  );
}

const findAll = async (query: string): Promise<CommandItem[]> =>
  (await Promise.all([findModels(query), findUsers(query)])).flat();

const queryFor = (query: string) => new URLSearchParams({ q: query.slice(0, 200), limit: "6" });

type FoundModels = { items: { id: string; name: string; title: string }[] };

async function findModels(query: string): Promise<CommandItem[]> {
  const { items } = await api<FoundModels>("GET", `/api/v1/models?${queryFor(query)}`);
  return items.map(({ id, name, title }) => ({
    id,
    label: title,
    hint: name,
    href: `/models/${name}`,
    group: "Models",
  }));
}

type FoundUsers = { items: { id: string; name: string; email: string }[] };

async function findUsers(query: string): Promise<CommandItem[]> {
  const { items } = await api<FoundUsers>("GET", `/api/v1/admin/users?${queryFor(query)}`);
  return items.map(({ id, name, email }) => ({
    id,
    label: name,
    hint: email,
    href: `/admin/users/${id}`,
    group: "Users",
  }));
}

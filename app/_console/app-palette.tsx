"use client";

import { api } from "@/app/_client/api";
import type { CommandItem } from "@/app/_components/command-item";
import { CommandPalette } from "@/app/_components/command-palette";

type AppPaletteProps = { items: readonly CommandItem[]; canSearchUsers: boolean };

export function AppPalette({ items, canSearchUsers }: AppPaletteProps) {
  return canSearchUsers ? (
    <CommandPalette items={items} search={findForAdmins} placeholder="Go to a page, a model or a user" />
  ) : (
    <CommandPalette items={items} search={findForMembers} placeholder="Go to a page or a model" />
  );
}

const findForMembers = async (query: string) => byId(query) ?? findModels(query);

const findForAdmins = async (query: string) =>
  byId(query) ?? (await Promise.all([findModels(query), findUsers(query)])).flat();

/** What was pasted may be the id of something that has a page. */
function byId(query: string): CommandItem[] | null {
  if (isRequestId(query)) return [whyRefused(query)];
  return isTaskId(query) ? [openTask(query)] : null;
}

/** Pasted from an error answer; the page says when it does not know one. */
const isRequestId = (query: string) => /^req_[A-Za-z0-9_-]{4,60}$/.test(query.trim());

const whyRefused = (query: string): CommandItem => ({
  id: "why",
  label: `Why was ${query.trim()} refused?`,
  href: `/why?id=${query.trim()}`,
  group: "Requests",
});

const isTaskId = (query: string) => /^tsk_[0-9A-Za-z]{4,60}$/.test(query.trim());

const openTask = (query: string): CommandItem => ({
  id: "task",
  label: `Open the task ${query.trim()}`,
  href: `/tasks/${query.trim()}`,
  group: "Tasks",
});

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

export type CommandItem = {
  id: string;
  label: string;
  hint?: string;
  href: string;
  group?: string;
};

/** Every word must occur; hits at the start of the label come first. */
export function matchCommands(items: readonly CommandItem[], query: string): CommandItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  return items
    .map((item) => ({ item, rank: rank(item, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
}

function rank(item: CommandItem, words: readonly string[]): number {
  const label = item.label.toLowerCase();
  const rest = `${label} ${item.group ?? ""} ${item.hint ?? ""}`.toLowerCase();
  if (!words.every((word) => rest.includes(word))) return 0;
  const first = words[0] ?? "";
  if (label.startsWith(first)) return 3;
  return label.includes(first) ? 2 : 1;
}

/** Keeps the order in which the groups first appear. */
export function groupCommands(items: readonly CommandItem[]) {
  const groups = new Map<string, CommandItem[]>();
  for (const item of items) {
    const name = item.group ?? "Go to";
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].map(([label, members]) => ({ label, items: members }));
}

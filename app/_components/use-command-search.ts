"use client";

import { useEffect, useRef, useState } from "react";
import { type CommandItem, matchCommands } from "./command-item";

const DEBOUNCE_MS = 150;

type Search = (query: string) => Promise<readonly CommandItem[]>;

/** The pages at once, what the server finds a moment later. */
export function useCommandSearch(items: readonly CommandItem[], query: string, search?: Search) {
  const [answer, setAnswer] = useState<{ query: string; items: readonly CommandItem[] }>();
  const latest = useRef(search);
  latest.current = search;
  const wanted = query.trim();
  const canSearch = Boolean(search) && wanted.length > 0;

  useEffect(() => {
    if (!canSearch) return;
    let isStale = false;
    const timer = setTimeout(async () => {
      // A failed search must not take the pages away: they are still found.
      const found = (await latest.current?.(wanted).catch(() => [])) ?? [];
      if (!isStale) setAnswer({ query: wanted, items: found });
    }, DEBOUNCE_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [wanted, canSearch]);

  const isAnswered = answer?.query === wanted;
  const local = matchCommands(items, query);
  const known = new Set(local.map((item) => item.id));
  const remote = canSearch ? (answer?.items ?? []) : [];
  return {
    found: [...local, ...remote.filter((item) => !known.has(item.id))],
    isSearching: canSearch && !isAnswered,
  };
}

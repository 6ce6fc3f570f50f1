"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useTransition } from "react";

// What the URL is about to become. Without it, a filter changed while a search is still on its
// way would start from the old URL and undo the search.
let pending: URLSearchParams | null = null;

/** One filter in the URL. Setting it keeps the others and returns to the first page. */
export function useQueryParam(name: string) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [isPending, startTransition] = useTransition();

  // Any arrival ends the wait, also that of a link.
  useEffect(() => {
    pending = null;
  }, [params, pathname]);

  function set(value: string) {
    const next = new URLSearchParams(pending ?? window.location.search);
    next.delete("cursor");
    if (value) next.set(name, value);
    else next.delete(name);
    pending = next;
    const query = next.toString();
    startTransition(() => router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }));
  }

  return { value: params.get(name) ?? "", set, isPending };
}

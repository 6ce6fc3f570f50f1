"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { cn } from "@/app/_components/cn";
import { Select } from "@/app/_components/select";

const usual = "created_at desc";

const sorts = [
  { value: usual, label: "Newest first" },
  { value: "created_at asc", label: "Oldest first" },
  { value: "name asc", label: "Name, A to Z" },
  { value: "name desc", label: "Name, Z to A" },
  { value: "email asc", label: "E-mail, A to Z" },
  { value: "email desc", label: "E-mail, Z to A" },
  { value: "last_seen_at desc", label: "Seen most recently" },
  { value: "last_seen_at asc", label: "Not seen the longest" },
];

/** Every order in one list: phones do not show the columns, and the e-mail has none of its own. */
export function SortSelect({ className }: { className?: string }) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const inUrl = `${params.get("sort") ?? "created_at"} ${params.get("order") ?? "desc"}`;
  const [shown, show] = useOptimistic(sorts.some(({ value }) => value === inUrl) ? inUrl : usual);

  function change(value: string) {
    const [sort = "", order = ""] = value.split(" ");
    const next = new URLSearchParams(params);
    next.delete("cursor");
    next.delete("sort");
    next.delete("order");
    if (value !== usual) {
      next.set("sort", sort);
      next.set("order", order);
    }
    startTransition(() => {
      show(value);
      router.replace(next.size > 0 ? `${pathname}?${next}` : pathname, { scroll: false });
    });
  }

  return (
    <Select
      aria-label="Order"
      aria-busy={isPending}
      value={shown}
      options={sorts}
      onChange={(event) => change(event.target.value)}
      className={cn("w-full", className)}
    />
  );
}

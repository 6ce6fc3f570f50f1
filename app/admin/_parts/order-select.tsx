"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { cn } from "@/app/_components/cn";
import { Select } from "@/app/_components/select";

/** "created_at desc", with the words for it. */
export type Order = { value: string; label: string };

/** The first order is the usual one, which stays out of the address. */
type OrderSelectProps = { orders: readonly [Order, ...Order[]]; className?: string };

/** Every order in one list: phones do not show the columns, and not every order has one. */
export function OrderSelect({ orders, className }: OrderSelectProps) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const usual = orders[0].value;
  const [usualSort, usualDirection] = usual.split(" ");
  const inUrl = `${params.get("sort") ?? usualSort} ${params.get("order") ?? usualDirection}`;
  const [shown, show] = useOptimistic(orders.some(({ value }) => value === inUrl) ? inUrl : usual);

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
      options={orders}
      onChange={(event) => change(event.target.value)}
      className={cn("w-full", className)}
    />
  );
}

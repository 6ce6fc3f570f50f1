"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { toast } from "@/app/_components/toaster";
import type { PlanView } from "@/lib/plans/schema";
import {
  type BoundName,
  boundFault,
  boundFields,
  type PriceName,
  priceFault,
  priceFields,
  valueAt,
} from "./plan-fields";

type Values = Record<"id" | "name" | "description" | BoundName | PriceName, string>;

const idFault = (text: string) =>
  /^[a-z][a-z0-9-]*$/.test(text.trim()) ? undefined : "Small letters, digits and -, a letter first.";

export function usePlanForm(plan: PlanView | null, unbounded: readonly BoundName[], onClose: () => void) {
  const router = useRouter();

  const rules = {
    id: (text: string) => (plan ? undefined : idFault(text)),
    name: notBlank("Write the name that people see."),
    description: notBlank("Write one sentence about whom it is for."),
    ...Object.fromEntries(
      boundFields.map((bound) => [
        bound.name,
        (text: string) => (unbounded.includes(bound.name) ? undefined : boundFault(text, bound)),
      ]),
    ),
    ...Object.fromEntries(
      priceFields.map((price) => [price.name, (text: string) => priceFault(text, price)]),
    ),
  } as Record<keyof Values, (text: string) => string | undefined>;

  return useApiForm<Values>(rules, async (values) => {
    const { id, name, description } = values;
    if (!plan) {
      const body = { id: id.trim(), name, description, ...changeOf(null, values, unbounded) };
      await api("POST", "/api/v1/admin/plans", body);
      toast.success(`The plan ${name} is there`, { description: "Choose it on the page of a user." });
      router.refresh();
    } else {
      const change = changeOf(plan, values, unbounded);
      if (Object.keys(change).length > 0) {
        await api("PATCH", `/api/v1/admin/plans/${encodeURIComponent(plan.id)}`, change);
        toast.success(`The plan ${name} is changed`, { description: "It counts within a second." });
        router.refresh();
      }
    }
    onClose();
  });
}

/** Only what was changed here: what somebody else changed meanwhile stays. */
function changeOf(plan: PlanView | null, values: Values, unbounded: readonly BoundName[]) {
  const change: Record<string, unknown> = {};
  for (const member of ["name", "description"] as const)
    if (plan && values[member] !== plan[member]) change[member] = values[member];
  const put = (name: BoundName | PriceName, wanted: number | null) => {
    if (plan && valueAt(plan, name) === wanted) return;
    const [section = "", member = ""] = name.split("/");
    change[section] = { ...(change[section] as object | undefined), [member]: wanted };
  };
  for (const { name } of boundFields) put(name, unbounded.includes(name) ? null : Number(values[name]));
  for (const { name } of priceFields) put(name, Number(values[name]));
  return change;
}

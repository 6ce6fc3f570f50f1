"use client";

import { useRouter } from "next/navigation";
import { api } from "@/app/_client/api";
import { notBlank, useApiForm } from "@/app/_client/use-api-form";
import { toast } from "@/app/_components/toaster";
import { type LimitName, limitWords } from "./limit-words";
import type { Plan } from "./plan-card";

const most = 1_000_000;

/** Named as the API points at them. */
type Values = Record<"name" | "description" | `limits/${LimitName}`, string>;

export function usePlanForm(plan: Plan, unlimited: readonly LimitName[], onClose: () => void) {
  const router = useRouter();

  function limitRule(name: LimitName) {
    return (text: string): string | undefined => {
      if (unlimited.includes(name)) return undefined;
      if (!/^\d+$/.test(text.trim())) return "Write a whole number, or choose no limit.";
      const value = Number(text);
      return value < 1 || value > most ? "From 1 to 1,000,000." : undefined;
    };
  }

  const rules = {
    name: notBlank("Write the name that people see."),
    description: notBlank("Write one sentence about whom it is for."),
    "limits/per_minute": limitRule("per_minute"),
    "limits/per_hour": limitRule("per_hour"),
    "limits/concurrency": limitRule("concurrency"),
  };

  return useApiForm<Values>(rules, async (values) => {
    const change = changeOf(plan, values, unlimited);
    if (change) {
      await api("PATCH", `/api/v1/admin/plans/${encodeURIComponent(plan.id)}`, change);
      toast.success(`The plan ${values.name} is changed`, { description: "It counts within a second." });
      router.refresh();
    }
    onClose();
  });
}

/** Only what was changed here: what somebody else changed meanwhile stays. Null when nothing was. */
function changeOf(plan: Plan, values: Values, unlimited: readonly LimitName[]) {
  const texts = (["name", "description"] as const).filter((member) => values[member] !== plan[member]);
  const limits = limitWords.flatMap(({ name }) => {
    const wanted = unlimited.includes(name) ? null : Number(values[`limits/${name}`]);
    return wanted === plan.limits[name] ? [] : [[name, wanted] as const];
  });
  if (texts.length + limits.length === 0) return null;
  return {
    ...Object.fromEntries(texts.map((member) => [member, values[member]])),
    ...(limits.length > 0 ? { limits: Object.fromEntries(limits) } : {}),
  };
}

"use client";

import { startTransition, useOptimistic } from "react";
import { Select } from "@/app/_components/select";
import { useQueryParam } from "@/app/_components/use-query-param";

type VersionSelectProps = {
  label: string;
  param: string;
  numbers: readonly number[];
  /** What is shown while the address says nothing. */
  shown: number;
};

/** One of the versions, in the address: a comparison can be sent to somebody. */
export function VersionSelect({ label, param, numbers, shown }: VersionSelectProps) {
  const { value, set, isPending } = useQueryParam(param);
  const [chosen, choose] = useOptimistic(value || String(shown));
  return (
    <Select
      aria-label={label}
      aria-busy={isPending}
      options={numbers.map((number) => ({ value: String(number), label: `Version ${number}` }))}
      value={chosen}
      onChange={(event) => {
        const next = event.target.value;
        startTransition(() => {
          choose(next);
          set(next);
        });
      }}
      className="w-32"
    />
  );
}

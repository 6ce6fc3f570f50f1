"use client";

import { useRouter } from "next/navigation";
import { startTransition, useOptimistic } from "react";
import { Select } from "@/app/_components/select";

type ModelSwitchProps = {
  choices: readonly { name: string; title: string }[];
  chosen: string;
  isNext: boolean;
  versions: { stable: number; next: number | null };
};

export function ModelSwitch({ choices, chosen, isNext, versions }: ModelSwitchProps) {
  const router = useRouter();
  // The lists answer at once, the form when it arrives.
  const [shown, show] = useOptimistic({ model: chosen, version: isNext ? "next" : "stable" });

  function go(model: string, version: string) {
    const query = new URLSearchParams({ model, ...(version === "next" ? { version } : {}) });
    startTransition(() => {
      show({ model, version });
      router.push(`/playground?${query}`, { scroll: false });
    });
  }

  return (
    <div className="flex max-w-[calc(100vw-2rem)] flex-wrap gap-2">
      <Select
        aria-label="Model"
        value={shown.model}
        onChange={(event) => go(event.target.value, "stable")}
        options={choices.map(({ name, title }) => ({ value: name, label: title }))}
        className="w-48 grow sm:w-64"
      />
      {versions.next !== null && (
        <Select
          aria-label="Version"
          value={shown.version}
          onChange={(event) => go(shown.model, event.target.value)}
          options={[
            { value: "stable", label: `In use: ${versions.stable}` },
            { value: "next", label: `On trial: ${versions.next}` },
          ]}
          className="w-32"
        />
      )}
    </div>
  );
}

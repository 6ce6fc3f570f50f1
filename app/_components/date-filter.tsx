"use client";

import { useEffect, useState } from "react";
import { Input } from "./input";
import { useQueryParam } from "./use-query-param";

type DateFilterProps = { param: string; label: string; explanation: string };

/** One day. While it is being typed the browser reports it as empty, so only whole dates and clearing count. */
export function DateFilter({ param, label, explanation }: DateFilterProps) {
  const { value, set } = useQueryParam(param);
  const [shown, setShown] = useState(value);

  // Back, forward and "clear filters" change the URL from outside.
  useEffect(() => setShown(value), [value]);

  return (
    <label title={explanation} className="flex min-w-0 flex-col gap-1 sm:flex-row sm:items-center sm:gap-2">
      <span className="shrink-0 text-[13px] text-muted">{label}</span>
      <Input
        type="date"
        aria-label={explanation}
        value={shown}
        onChange={(event) => {
          const next = event.target.value;
          setShown(next);
          if (next === "" || /^[12]\d{3}-/.test(next)) set(next);
        }}
        className="min-w-0 sm:w-38"
      />
    </label>
  );
}

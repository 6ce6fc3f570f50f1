"use client";

import { useState } from "react";
import { Button } from "@/app/_components/button";
import { cn } from "@/app/_components/cn";
import { percentText } from "./result-words";

type ProbabilityBarsProps = { classes: readonly { label: string; probability: number }[]; chosen: string };

const shownMax = 8;

/** A table that looks like bars: who does not see the bars hears label and number in rows. */
export function ProbabilityBars({ classes, chosen }: ProbabilityBarsProps) {
  const [isWhole, setIsWhole] = useState(false);
  const ranked = [...classes].sort((one, other) => other.probability - one.probability);
  const shown = isWhole ? ranked : ranked.slice(0, shownMax);
  return (
    <>
      <table className="w-full border-collapse">
        <caption className="sr-only">Probability of each class, highest first</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Probability</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ label, probability }) => (
            <tr key={label}>
              <th
                scope="row"
                className={cn(
                  "w-1/3 max-w-0 truncate py-1 pr-3 text-left font-normal",
                  label === chosen ? "font-medium" : "text-muted",
                )}
                title={label}
              >
                {label}
              </th>
              <td className="py-1">
                <span className="flex items-center gap-3">
                  <span aria-hidden="true" className="h-2 min-w-0 flex-1 rounded-full bg-sunken">
                    <span
                      className={cn("block h-2 rounded-full", label === chosen ? "bg-accent" : "bg-series-4")}
                      style={{ width: `${Math.min(1, Math.max(0, probability)) * 100}%` }}
                    />
                  </span>
                  <span className="w-16 shrink-0 whitespace-nowrap text-right">
                    {percentText(probability)}
                  </span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ranked.length > shownMax && (
        <Button size="sm" variant="ghost" onClick={() => setIsWhole(!isWhole)} className="-ml-2.5">
          {isWhole ? "Show fewer" : `Show all ${ranked.length}`}
        </Button>
      )}
    </>
  );
}

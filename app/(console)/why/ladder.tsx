import { Check, Minus, X } from "lucide-react";
import { cn } from "@/app/_components/cn";
import type { LadderRung, RungState } from "@/lib/refusals/domain";

const looks: Record<RungState, { icon: typeof Check; words: string; className: string }> = {
  passed: { icon: Check, words: "Passed", className: "border-success-line bg-success-soft text-success-ink" },
  refused: { icon: X, words: "Said no", className: "border-danger-line bg-danger-soft text-danger-ink" },
  not_reached: { icon: Minus, words: "Not reached", className: "border-line bg-sunken text-muted" },
};

export function Ladder({ rungs }: { rungs: readonly LadderRung[] }) {
  return (
    <ol>
      {rungs.map(({ id, title, words, state }, index) => {
        const { icon: Icon, words: stateWords, className } = looks[state];
        return (
          <li key={id} className="relative flex gap-3 pb-4 last:pb-0">
            {index < rungs.length - 1 && (
              <span aria-hidden="true" className="absolute top-6 bottom-0 left-3 w-px bg-line" />
            )}
            <span
              className={cn("z-10 grid size-6 shrink-0 place-items-center rounded-full border", className)}
            >
              <Icon aria-hidden="true" className="size-3.5" />
            </span>
            <div className="min-w-0">
              <p className={state === "refused" ? "font-semibold" : "font-medium"}>
                {title}
                <span
                  className={cn(
                    "ml-2 font-normal text-[13px]",
                    state === "refused" ? "text-danger-ink" : "text-muted",
                  )}
                >
                  {stateWords}
                </span>
              </p>
              <p className="text-muted">{words}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

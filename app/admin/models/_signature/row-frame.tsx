"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/app/_components/cn";
import { FieldFault } from "@/app/_components/field-fault";
import { Input } from "@/app/_components/input";
import { Select, type SelectOption } from "@/app/_components/select";
import { RowTools } from "./row-tools";

type RowFrameProps = {
  /** "column" or "result". */
  what: string;
  index: number;
  count: number;
  name: string;
  kind: string;
  kinds: readonly SelectOption[];
  summary: string;
  nameFault: string | undefined;
  /** What is wrong inside must not stay folded away. */
  hasFaultInside: boolean;
  onName: (name: string) => void;
  onKind: (kind: string) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  /** All that a row can say beside its name and kind. */
  children: ReactNode;
};

/** One column or result: name and kind in sight, the rest unfolds. */
export function RowFrame(props: RowFrameProps) {
  const { what, index, count, name, summary, nameFault, hasFaultInside } = props;
  const id = useId();
  const [isUnfolded, setIsUnfolded] = useState(false);
  const isOpen = isUnfolded || hasFaultInside;
  const shownName = name.trim() || `${what} ${index + 1}`;
  return (
    <li className="border-t first:border-t-0">
      <div className="flex flex-wrap items-center gap-2 px-3 pt-2.5 sm:flex-nowrap">
        <span aria-hidden="true" className="w-6 shrink-0 text-right text-muted text-xs tabular-nums">
          {index + 1}
        </span>
        <Input
          aria-label={`Name of ${what} ${index + 1}`}
          aria-invalid={nameFault ? true : undefined}
          aria-describedby={nameFault && `${id}-fault`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={63}
          value={name}
          onChange={(event) => props.onName(event.target.value)}
          className="min-w-0 flex-1 font-mono"
        />
        <Select
          aria-label={`Kind of ${what} ${index + 1}`}
          options={props.kinds}
          value={props.kind}
          onChange={(event) => props.onKind(event.target.value)}
          className="order-last ml-8 basis-[calc(100%-2rem)] sm:order-none sm:ml-0 sm:basis-36"
        />
        <RowTools
          name={shownName}
          index={index}
          count={count}
          onMove={props.onMove}
          onRemove={props.onRemove}
        />
      </div>
      <div className="pr-3 pl-11">
        <FieldFault id={`${id}-fault`} text={nameFault} />
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={`${id}-more`}
          aria-label={`More about ${shownName}`}
          onClick={() => setIsUnfolded(!isOpen)}
          className="flex min-h-8 max-w-full items-center gap-1.5 rounded-sm text-left text-[13px] text-muted hover:text-ink"
        >
          <ChevronRight aria-hidden="true" className={cn("size-3.5 shrink-0", isOpen && "rotate-90")} />
          <span className="min-w-0 truncate">{summary || "Title, range, example"}</span>
        </button>
        <div id={`${id}-more`} hidden={!isOpen} className="pt-1.5 pb-4">
          {isOpen && props.children}
        </div>
      </div>
    </li>
  );
}

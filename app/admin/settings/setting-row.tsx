import { CircleAlert } from "lucide-react";
import { Button } from "@/app/_components/button";
import { Input } from "@/app/_components/input";
import { formatNumber } from "../_parts/count";
import { inDays, type SettingWords } from "./setting-words";
import { inputId } from "./use-settings-form";

type SettingRowProps = {
  words: SettingWords;
  text: string;
  fault: string | undefined;
  usual: number;
  bounds: { least: number; most: number };
  onEdit: (text: string) => void;
  onLeave: () => void;
};

export function SettingRow({ words, text, fault, usual, bounds, onEdit, onLeave }: SettingRowProps) {
  const id = inputId(words.key);
  const isUsual = text.trim() === String(usual);
  const days = words.unit === "hours" && /^\d+$/.test(text.trim()) ? inDays(Number(text)) : null;
  return (
    <div className="grid gap-x-8 gap-y-3 px-5 py-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <div>
        <label htmlFor={id} className="font-medium">
          {words.label}
        </label>
        <p id={`${id}-why`} className="mt-0.5 max-w-prose text-[13px] text-muted">
          {words.protects} {words.costs}
        </p>
      </div>
      <div>
        <div className="flex items-center gap-2.5">
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            aria-invalid={fault ? true : undefined}
            aria-describedby={[fault && `${id}-fault`, `${id}-range`, `${id}-why`].filter(Boolean).join(" ")}
            onChange={(event) => onEdit(event.target.value)}
            onBlur={onLeave}
            className="w-24 text-right"
          />
          <span className="text-muted">
            {words.unit}
            {days && ` (${days})`}
          </span>
        </div>
        {fault && (
          <p id={`${id}-fault`} className="mt-1.5 flex gap-1.5 text-[13px] text-danger-ink">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
            {fault}
          </p>
        )}
        <p className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-2 text-[13px] text-muted">
          <span id={`${id}-range`} className="tabular-nums">
            {formatNumber(bounds.least)} to {formatNumber(bounds.most)}
            {isUsual ? ", this is the default" : `, default ${formatNumber(usual)}`}
          </span>
          {!isUsual && (
            <Button
              variant="link"
              size="sm"
              className="h-6"
              aria-label={`Back to default: ${words.label}`}
              onClick={() => onEdit(String(usual))}
            >
              Back to default
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}

import { Button } from "@/app/_components/button";
import { FieldFault } from "@/app/_components/field-fault";
import { formatNumber } from "../_parts/count";
import { SettingControl } from "./setting-control";
import { type SettingKind, type SettingValue, textOf } from "./setting-kinds";
import { settingLabels } from "./setting-labels";
import type { SettingWords } from "./setting-words";
import { inputId } from "./use-settings-form";

type SettingRowProps = {
  words: SettingWords;
  kind: SettingKind;
  text: string;
  fault: string | undefined;
  usual: SettingValue;
  onEdit: (text: string) => void;
  onLeave: () => void;
};

export function SettingRow({ words, kind, text, fault, usual, onEdit, onLeave }: SettingRowProps) {
  const id = inputId(words.key);
  const isUsual = text.trim() === textOf(usual);
  return (
    <div className="grid gap-x-8 gap-y-3 px-5 py-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <div>
        <label htmlFor={id} className="font-medium">
          {settingLabels[words.key]}
        </label>
        <p id={`${id}-why`} className="mt-0.5 max-w-prose text-[13px] text-muted">
          {words.protects} {words.costs}
        </p>
      </div>
      <div className="min-w-0">
        <SettingControl
          words={words}
          kind={kind}
          text={text}
          isFaulty={fault !== undefined}
          describedBy={[fault && `${id}-fault`, `${id}-range`, `${id}-why`].filter(Boolean).join(" ")}
          onEdit={onEdit}
          onLeave={onLeave}
        />
        {fault && (
          <div className="mt-1.5">
            <FieldFault id={`${id}-fault`} text={fault} />
          </div>
        )}
        <p className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-2 text-[13px] text-muted">
          <span id={`${id}-range`} className="tabular-nums">
            {rangeWords(words, kind, usual, isUsual)}
          </span>
          {!isUsual && (
            <Button
              variant="link"
              size="sm"
              className="h-6"
              aria-label={`Back to default: ${settingLabels[words.key]}`}
              onClick={() => onEdit(textOf(usual))}
            >
              Back to default
            </Button>
          )}
        </p>
      </div>
    </div>
  );
}

function rangeWords(words: SettingWords, kind: SettingKind, usual: SettingValue, isUsual: boolean): string {
  if (kind.kind === "number") {
    const range = `${formatNumber(kind.least)} to ${formatNumber(kind.most)}`;
    return isUsual ? `${range}, this is the default` : `${range}, default ${formatNumber(Number(usual))}`;
  }
  if (kind.kind === "list") return isUsual ? "One in a line. None, this is the default" : "One in a line.";
  if (isUsual) return "This is the default";
  return `Default: ${kind.kind === "switch" ? (usual ? "on" : "off") : (words.options?.[String(usual)] ?? usual)}`;
}

import { Input } from "@/app/_components/input";
import { Select } from "@/app/_components/select";
import { Switch } from "@/app/_components/switch";
import { Textarea } from "@/app/_components/textarea";
import type { SettingKind } from "./setting-kinds";
import { inDays, type SettingWords } from "./setting-words";
import { inputId } from "./use-settings-form";

type SettingControlProps = {
  words: SettingWords;
  kind: SettingKind;
  text: string;
  isFaulty: boolean;
  describedBy: string;
  onEdit: (text: string) => void;
  onLeave: () => void;
};

export function SettingControl({
  words,
  kind,
  text,
  isFaulty,
  describedBy,
  onEdit,
  onLeave,
}: SettingControlProps) {
  const shared = {
    id: inputId(words.key),
    "aria-invalid": isFaulty || undefined,
    "aria-describedby": describedBy,
    onBlur: onLeave,
  };
  if (kind.kind === "switch") {
    const isOn = text === "true";
    return (
      <div className="flex items-center gap-2.5">
        <Switch {...shared} checked={isOn} onChange={(event) => onEdit(String(event.target.checked))} />
        <span className="text-muted">{isOn ? "On" : "Off"}</span>
      </div>
    );
  }
  if (kind.kind === "choice") {
    const options = kind.values.map((value) => ({ value, label: words.options?.[value] ?? value }));
    return (
      <Select {...shared} options={options} value={text} onChange={(event) => onEdit(event.target.value)} />
    );
  }
  if (kind.kind === "list") {
    return (
      <Textarea
        {...shared}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        placeholder="example.org"
        value={text}
        onChange={(event) => onEdit(event.target.value)}
      />
    );
  }
  const days = words.unit === "hours" && /^\d+$/.test(text.trim()) ? inDays(Number(text)) : null;
  return (
    <div className="flex items-center gap-2.5">
      <Input
        {...shared}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => onEdit(event.target.value)}
        className="w-24 text-right"
      />
      <span className="text-muted">
        {words.unit}
        {days && ` (${days})`}
      </span>
    </div>
  );
}

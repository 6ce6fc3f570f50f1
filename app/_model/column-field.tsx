import { memo } from "react";
import { cn } from "@/app/_components/cn";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";
import { Select } from "@/app/_components/select";
import { Textarea } from "@/app/_components/textarea";
import { type Column, rangeText, titleOf } from "./model-words";
import { PillGroup } from "./pill-group";

type ColumnFieldProps = {
  column: Column;
  value: string;
  error: string | undefined;
  onChange: (name: string, value: string) => void;
};

const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];
/** So many short words fit side by side and are quicker to take in than a list that opens. */
const pillsMax = 4;
const pillLengthMax = 14;

const areShort = (words: readonly string[]): boolean =>
  words.length <= pillsMax && words.every((word) => word.length <= pillLengthMax);

/** One input of a model. Models may have hundreds of them, so a keystroke draws only its own again. */
export const ColumnField = memo(function ColumnField({ column, value, error, onChange }: ColumnFieldProps) {
  const { name, kind, categories } = column;
  const change = (next: string) => onChange(name, next);
  const shared = { label: titleOf(column), hint: hintOf(column), error };
  if (kind === "boolean" || (categories && areShort(categories))) {
    const options = categories?.map((word) => ({ value: word, label: word })) ?? yesOrNo;
    return <PillGroup {...shared} name={name} value={value} options={options} onChange={change} />;
  }
  if (categories) {
    return (
      <Field {...shared}>
        <CategorySelect data-field={name} value={value} categories={categories} onChoose={change} />
      </Field>
    );
  }
  if (kind === "text") {
    return (
      <Field {...shared} className="sm:col-span-full">
        <Textarea
          data-field={name}
          value={value}
          rows={3}
          onChange={(event) => change(event.target.value)}
          className="field-sizing-content max-h-80"
        />
      </Field>
    );
  }
  return (
    <Field {...shared}>
      <NumberInput column={column} value={value} onType={change} />
    </Field>
  );
});

/** What is said below the field; the unit stands in it. */
function hintOf(column: Column): string | undefined {
  const range = column.kind === "number" || column.kind === "integer" ? rangeText(column) : "";
  const bounds = [range, range && column.unit].filter(Boolean).join(" ");
  return [bounds, column.description].filter(Boolean).join(" · ") || undefined;
}

type NumberInputProps = { column: Column; value: string; onType: (value: string) => void };

/** Receives id and description from `Field`. Text, because a number input throws away what it cannot read. */
function NumberInput({ column, value, onType, ...props }: NumberInputProps) {
  const { name, kind, unit } = column;
  return (
    <span className="relative block">
      <Input
        {...props}
        data-field={name}
        inputMode={kind === "integer" && (column.min ?? -1) >= 0 ? "numeric" : "decimal"}
        autoComplete="off"
        value={value}
        onChange={(event) => onType(event.target.value)}
        onKeyDown={(event) => {
          const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          onType(steppedBy(column, value, event.shiftKey ? direction * 10 : direction));
        }}
        className={cn(unit && "pr-14")}
      />
      {unit && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 right-3 flex max-w-12 items-center truncate text-muted"
        >
          {unit}
        </span>
      )}
    </span>
  );
}

/** Arrow keys move by a step that suits the digits in the field, and stay within the range. */
function steppedBy({ kind, min, max }: Column, typed: string, steps: number): string {
  const value = typed.trim() === "" ? (min ?? 0) : Number(typed);
  if (!Number.isFinite(value)) return typed;
  const digits = kind === "integer" ? 0 : Math.max(digitsOf(typed), digitsOf(`${min ?? ""}`), 1);
  const moved = value + steps / 10 ** digits;
  return String(Number(Math.min(max ?? moved, Math.max(min ?? moved, moved)).toFixed(digits)));
}

const digitsOf = (text: string): number => Math.min(6, /\.(\d+)\s*$/.exec(text)?.[1]?.length ?? 0);

type CategorySelectProps = {
  value: string;
  categories: readonly string[];
  onChoose: (value: string) => void;
  "data-field": string;
};

function CategorySelect({ value, categories, onChoose, ...props }: CategorySelectProps) {
  return (
    <Select {...props} value={value} onChange={(event) => onChoose(event.target.value)}>
      {!categories.includes(value) && (
        <option value={value}>{value === "" ? "Choose one" : `${value} (not in the list)`}</option>
      )}
      {categories.map((category) => (
        <option key={category} value={category}>
          {category}
        </option>
      ))}
    </Select>
  );
}

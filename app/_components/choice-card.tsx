import type { ComponentProps, ReactNode } from "react";

type ChoiceCardProps = {
  /** The name of the group and what it reports to. */
  radio: ComponentProps<"input">;
  value: string;
  label: string;
  text?: ReactNode;
};

/** One of several, as a card, because what it means matters more than its name. */
export function ChoiceCard({ radio, value, label, text }: ChoiceCardProps) {
  return (
    <label className="flex gap-2.5 rounded-md border border-edge bg-surface px-3 py-2.5 transition-colors has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input
        {...radio}
        type="radio"
        value={value}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0">
        <span className="block font-medium">{label}</span>
        {text && <span className="block text-[13px] text-muted">{text}</span>}
      </span>
    </label>
  );
}

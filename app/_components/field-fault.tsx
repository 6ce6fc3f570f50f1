import { CircleAlert } from "lucide-react";

/** As `Field` shows it, for a group of choices that has no single control. */
export function FieldFault({ id, text }: { id?: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <p id={id} className="flex gap-1.5 text-[13px] text-danger-ink">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span>{text}</span>
    </p>
  );
}

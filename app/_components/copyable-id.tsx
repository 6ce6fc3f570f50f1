import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type CopyableIdProps = { value: string; label?: string; className?: string };

export function CopyableId({ value, label = "id", className }: CopyableIdProps) {
  return (
    <span className={cn("inline-flex max-w-full items-center gap-0.5 align-middle", className)}>
      <code className="min-w-0 break-all font-mono text-[0.92em]">{value}</code>
      <CopyButton value={value} label={label} className="size-6 [&_svg]:size-3.5" />
    </span>
  );
}

import type { ComponentProps } from "react";
import { cn } from "./cn";

type IconButtonProps = ComponentProps<"button"> & { label: string };

/** A bare icon with a name for those who do not see it. */
export function IconButton({ label, className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className={cn(
        "grid size-8 shrink-0 place-items-center rounded-md text-muted transition-colors hover:bg-sunken hover:text-ink data-[state=open]:bg-sunken [&_svg]:size-4",
        className,
      )}
      {...props}
    />
  );
}

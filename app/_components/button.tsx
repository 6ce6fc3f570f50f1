import Link from "next/link";
import { Slot } from "radix-ui/slot";
import type { ComponentProps, MouseEvent } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const variants = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border-line-strong bg-surface text-ink hover:border-edge hover:bg-sunken",
  ghost: "border-transparent text-ink hover:bg-sunken",
  danger: "border-transparent bg-danger text-on-danger hover:bg-danger-hover",
  link: "border-transparent px-0! text-accent-ink underline-offset-4 hover:underline",
};

const sizes = {
  sm: "h-8 gap-1.5 px-2.5 text-[13px]",
  md: "h-9 gap-2 px-3.5 text-sm",
};

type Look = { variant?: keyof typeof variants; size?: keyof typeof sizes };

function buttonClass({ variant = "secondary", size = "md" }: Look, className?: string) {
  return cn(
    "relative inline-flex shrink-0 select-none items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-default",
    "[&_svg:not([class*=size-])]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
    className,
  );
}

type ButtonProps = ComponentProps<"button"> & Look & { isBusy?: boolean; asChild?: boolean };

export function Button({
  variant,
  size,
  isBusy = false,
  asChild = false,
  type = "button",
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  const look = buttonClass({ variant, size }, className);
  if (asChild) {
    return (
      <Slot className={look} onClick={onClick} {...props}>
        {children}
      </Slot>
    );
  }
  if (!isBusy) {
    return (
      <button type={type} className={look} onClick={onClick} {...props}>
        {children}
      </button>
    );
  }
  // Not `disabled` while busy: that would throw the keyboard focus away.
  return (
    <button type={type} className={look} {...props} aria-busy aria-disabled onClick={swallow}>
      <span className="inline-flex items-center gap-[inherit] opacity-0">{children}</span>
      <span className="absolute inset-0 grid place-items-center">
        <Spinner />
      </span>
    </button>
  );
}

function swallow(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}

export function LinkButton({ variant, size, className, ...props }: ComponentProps<typeof Link> & Look) {
  return <Link className={buttonClass({ variant, size }, className)} {...props} />;
}

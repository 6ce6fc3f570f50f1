"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "./button";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { useCopy } from "./use-copy";

type CopyButtonProps = {
  value: string;
  /** What is copied, for example "request id". */
  label?: string;
  /** An icon, or a button with the word "Copy". */
  look?: "icon" | "button";
  className?: string;
};

export function CopyButton({ value, label, look = "icon", className }: CopyButtonProps) {
  const { isCopied, copy } = useCopy(value);
  const Icon = isCopied ? Check : Copy;
  const icon = <Icon aria-hidden="true" className={cn(isCopied && "text-success-ink")} />;
  const name = label ? `Copy ${label}` : "Copy";
  return (
    <>
      {look === "icon" ? (
        <IconButton label={name} onClick={copy} className={className}>
          {icon}
        </IconButton>
      ) : (
        <Button aria-label={name} onClick={copy} className={cn("min-w-24", className)}>
          {icon}
          {isCopied ? "Copied" : "Copy"}
        </Button>
      )}
      <span role="status" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  );
}

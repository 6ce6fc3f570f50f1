import type { ComponentProps } from "react";
import { cn } from "./cn";
import { controlClass } from "./control";

export function Textarea({ className, rows = 4, ...props }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={cn(controlClass, "block py-2", className)} {...props} />;
}

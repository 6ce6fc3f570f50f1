import type { ComponentProps } from "react";
import { cn } from "@/app/_components/cn";
import { Input } from "@/app/_components/input";

type CodeInputProps = ComponentProps<typeof Input> & { kind: "totp" | "recovery_code" };

/** For six digits, which phones and password managers fill in by themselves; or for a code from paper. */
export function CodeInput({ kind, className, ...props }: CodeInputProps) {
  const own =
    kind === "totp"
      ? ({ inputMode: "numeric", autoComplete: "one-time-code", maxLength: 10 } as const)
      : ({ autoComplete: "off", autoCapitalize: "none", autoCorrect: "off", maxLength: 100 } as const);
  return (
    <Input
      {...own}
      spellCheck={false}
      className={cn("font-mono", kind === "totp" && "tracking-[0.25em]", className)}
      {...props}
    />
  );
}

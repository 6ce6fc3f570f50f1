import type { ComponentProps } from "react";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";

type EmailFieldProps = { error: string | undefined; control: ComponentProps<typeof Input> };

export function EmailField({ error, control }: EmailFieldProps) {
  return (
    <Field label="E-mail" error={error}>
      {/* Not type="email": Chrome rewrites addresses with letters outside ASCII there. */}
      <Input
        {...control}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus
      />
    </Field>
  );
}

import type { ComponentProps } from "react";
import { Field } from "@/app/_components/field";
import { Input } from "@/app/_components/input";

type Name = "client_id" | "client_secret";
type ClientFieldsProps = {
  field: (name: Name) => ComponentProps<"input">;
  errors: { [name in Name]?: string | undefined };
  /** Of one that is there; its secret is never shown again. */
  clientId?: string;
};

export function ClientFields({ field, errors, clientId }: ClientFieldsProps) {
  return (
    <>
      <Field label="Client id" error={errors.client_id}>
        <Input
          {...field("client_id")}
          defaultValue={clientId}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </Field>
      <Field
        label="Client secret"
        hint={
          clientId === undefined
            ? "Stored encrypted, and never shown again."
            : "Leave it empty to keep the one that is stored."
        }
        error={errors.client_secret}
      >
        {/* Not a password of a person: password managers are to leave it alone. */}
        <Input
          {...field("client_secret")}
          type="password"
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
        />
      </Field>
    </>
  );
}

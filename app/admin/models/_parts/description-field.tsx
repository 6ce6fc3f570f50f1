import { Field } from "@/app/_components/field";
import { Textarea } from "@/app/_components/textarea";

type DescriptionFieldProps = {
  value: string;
  fault: string | undefined;
  onChange: (description: string) => void;
};

export function DescriptionField({ value, fault, onChange }: DescriptionFieldProps) {
  return (
    <Field
      label="Description"
      isOptional
      hint="What it predicts, from what, and how far one should trust it."
      error={fault}
    >
      <Textarea rows={3} maxLength={2_000} value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

import { CircleAlert } from "lucide-react";
import { cloneElement, isValidElement, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** The id of the control, when the field is to be found from outside. */
  htmlFor?: string;
  isOptional?: boolean;
  /** Beside the label, for example a link "Forgot it?". */
  action?: ReactNode;
  className?: string;
  /** One control; it receives id, aria-describedby and aria-invalid. */
  children: ReactNode;
};

type ControlProps = { id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean };

export function Field(props: FieldProps) {
  const { label, hint, error, htmlFor, isOptional, action, className, children } = props;
  const generatedId = useId();
  const control = isValidElement<ControlProps>(children) ? children : null;
  const id = htmlFor ?? control?.props.id ?? generatedId;
  const describedBy = [control?.props["aria-describedby"], hint && `${id}-hint`, error && `${id}-error`];

  return (
    <div className={cn("space-y-1.5", className)}>
      <div className="flex items-baseline justify-between gap-4">
        <Label htmlFor={id} isOptional={isOptional}>
          {label}
        </Label>
        {action && <span className="shrink-0 text-[13px]">{action}</span>}
      </div>
      {control
        ? cloneElement(control, {
            id,
            "aria-describedby": describedBy.filter(Boolean).join(" ") || undefined,
            "aria-invalid": error ? true : control.props["aria-invalid"],
          })
        : children}
      {hint && (
        <p id={`${id}-hint`} className="text-[13px] text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-[13px] text-danger-ink">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

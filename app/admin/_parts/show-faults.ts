import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { ApiError } from "@/app/_client/api";

/**
 * Puts the faults of an answer at the fields they point to and moves the focus to the first.
 * Answers whether every fault found its field; the rest belongs above the form.
 */
export function showFaults<T extends FieldValues>(
  error: unknown,
  fields: readonly FieldPath<T>[],
  setError: UseFormSetError<T>,
): boolean {
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const placed = faults.flatMap(({ pointer, message, fix }) => {
    const field = fields.find((name) => pointer === `/${name}` || pointer.startsWith(`/${name}/`));
    // The general advice says nothing beside a message that is already whole.
    const text = fix.startsWith("Change the value") ? message : `${message} ${fix}`;
    return field ? [{ field, message: text }] : [];
  });
  placed.forEach(({ field, message }, index) => {
    setError(field, { type: "server", message }, { shouldFocus: index === 0 });
  });
  return faults.length > 0 && placed.length === faults.length;
}

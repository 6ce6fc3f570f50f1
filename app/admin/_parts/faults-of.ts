import { ApiError } from "@/app/_client/api";

export type FieldFaults<Field extends string> = Partial<Record<Field, string>>;

/**
 * The faults of an answer by the field they point to; null when there are none, or when one of them points
 * elsewhere: then the answer belongs above the form as a whole.
 */
export function faultsOf<Field extends string>(
  error: unknown,
  fields: readonly Field[],
): FieldFaults<Field> | null {
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const placed: FieldFaults<Field> = {};
  for (const { pointer, message, fix } of faults) {
    const field = fields.find((name) => pointer === `/${name}` || pointer.startsWith(`/${name}/`));
    if (!field) return null;
    // The general advice says nothing beside a message that is already whole.
    placed[field] ??= fix.startsWith("Change the value") ? message : `${message} ${fix}`;
  }
  return faults.length > 0 ? placed : null;
}

import type { ComponentProps } from "react";
import type { Role } from "@/lib/users/domain";
import { roleWords } from "./user-words";

type RoleChoiceProps = { radio: (role: Role) => ComponentProps<"input">; isDisabled?: boolean };

/** The roles as cards, because what each may do matters more than its name. */
export function RoleChoice({ radio, isDisabled = false }: RoleChoiceProps) {
  return (
    <fieldset disabled={isDisabled} className="space-y-1.5">
      <legend className="font-medium">Role</legend>
      <div className="grid gap-2 pt-1.5 sm:grid-cols-2">
        {roleWords.map(({ value, label, text }) => (
          <label
            key={value}
            className="flex gap-2.5 rounded-md border border-edge bg-surface px-3 py-2.5 transition-colors has-checked:border-accent has-checked:bg-accent-soft has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              {...radio(value)}
              type="radio"
              value={value}
              className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0">
              <span className="block font-medium">{label}</span>
              <span className="block text-[13px] text-muted">{text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

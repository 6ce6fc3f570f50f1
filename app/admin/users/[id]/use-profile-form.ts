"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { explainError } from "@/app/_client/explain-error";
import { toast } from "@/app/_components/toaster";
import { type FieldFaults, faultsOf } from "@/app/admin/_parts/faults-of";
import { nameFault } from "../_parts/field-rules";
import { updateUser } from "../_parts/user-calls";

const fields = ["name", "role", "plan"] as const;
type Field = (typeof fields)[number];
export type Profile = Record<Field, string>;

export const nameId = "profile-name";

/** Three fields need no form library, which would be a tenth of what the page loads. */
export function useProfileForm(userId: string, initial: Profile) {
  const router = useRouter();
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<FieldFaults<Field>>({});
  const [failure, setFailure] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const isRunning = useRef(false);
  const changed = fields.filter((field) => values[field] !== initial[field]);

  function edit(field: Field, value: string) {
    setValues((before) => ({ ...before, [field]: value }));
    setFaults((before) => ({ ...before, [field]: undefined }));
  }

  const checkName = () => setFaults((before) => ({ ...before, name: nameFault(values.name) }));

  function discard() {
    setValues(initial);
    setFaults({});
    setFailure(undefined);
  }

  function show(found: FieldFaults<Field>) {
    setFaults(found);
    if (found.name) document.getElementById(nameId)?.focus();
  }

  async function save() {
    if (isRunning.current || changed.length === 0) return;
    const fault = nameFault(values.name);
    if (fault) return show({ name: fault });
    isRunning.current = true;
    setIsBusy(true);
    setFailure(undefined);
    try {
      // Only what was changed here: what somebody else changed meanwhile stays.
      await updateUser(userId, Object.fromEntries(changed.map((field) => [field, values[field]])));
      toast.success("Changes saved");
      router.refresh();
    } catch (error) {
      const found = faultsOf(error, fields);
      if (found) show(found);
      else setFailure(explainError(error));
    }
    isRunning.current = false;
    setIsBusy(false);
  }

  return { values, faults, failure, isBusy, changed, edit, checkName, discard, save };
}

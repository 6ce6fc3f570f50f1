"use client";

import { api } from "./api";
import { required, useApiForm } from "./use-api-form";

type Change = { current_password: string; new_password: string };

const rules = {
  current_password: required("Enter the password you have now."),
  new_password: (chosen: string, { current_password }: Change) => {
    if (chosen === "") return "Choose a new password.";
    return chosen === current_password ? "This is the password you have now." : undefined;
  },
};

/** The state of a form that changes one's own password; the fields are in change-password-fields.tsx. */
export function useChangePassword(onChanged: () => void | Promise<void>) {
  return useApiForm<Change>(rules, async (change) => {
    await api("POST", "/api/auth/password/change", change);
    await onChanged();
  });
}

export type ChangePasswordForm = ReturnType<typeof useChangePassword>;

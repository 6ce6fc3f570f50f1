import { roleWords } from "@/app/admin/users/_parts/user-words";

/** A role as people call it, and what it allows; the same words as in the administration. */
export const explainRole = (role: string): { label: string; text: string } =>
  roleWords.find(({ value }) => value === role) ?? { label: role, text: "A role of this install." };

import type { Tone } from "@/app/_components/badge";
import type { Role, UserState } from "@/lib/users/domain";

type RoleWords = { value: Role; label: string; text: string };

export const roleWords: readonly RoleWords[] = [
  {
    value: "member",
    label: "Member",
    text: "Uses what this install offers, and sees only their own things.",
  },
  {
    value: "admin",
    label: "Administrator",
    text: "Runs this install: people, settings and the audit log. Sees every account.",
  },
];

export const roleLabel = (role: string): string =>
  roleWords.find(({ value }) => value === role)?.label ?? role;

type StateWords = { value: UserState; label: string; tone: Tone; text: string };

export const stateWords: readonly StateWords[] = [
  { value: "active", label: "Active", tone: "success", text: "Has a password and can sign in." },
  {
    value: "invited",
    label: "Invited",
    tone: "accent",
    text: "Has not opened the invitation link and chosen a password yet.",
  },
  { value: "disabled", label: "Disabled", tone: "warning", text: "Cannot sign in until you enable it." },
  {
    value: "deleted",
    label: "Deleted",
    tone: "danger",
    text: "Cannot sign in. The data is kept, and the account can be restored.",
  },
];

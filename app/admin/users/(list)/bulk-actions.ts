import type { UserState } from "@/lib/users/domain";
import {
  deleteUser,
  disableUser,
  enableUser,
  endSessionsOf,
  restoreUser,
  type UserRow,
} from "../_parts/user-calls";

export type BulkAction = {
  key: string;
  label: string;
  /** "disabled" in "3 users disabled" */
  done: string;
  tone: "neutral" | "danger";
  states: readonly UserState[];
  consequences: string;
  run: (id: string) => Promise<unknown>;
  /** Takes it back, where that is possible. */
  undo?: (id: string) => Promise<unknown>;
};

export const bulkActions: readonly BulkAction[] = [
  {
    key: "disable",
    label: "Disable",
    done: "disabled",
    tone: "danger",
    states: ["active", "invited"],
    consequences:
      "They are signed out everywhere and cannot sign in until you enable them again. Their open invitation and reset links stop working.",
    run: disableUser,
    undo: enableUser,
  },
  {
    key: "enable",
    label: "Enable",
    done: "enabled",
    tone: "neutral",
    states: ["disabled"],
    consequences: "They can sign in again, with the role and the password from before.",
    run: enableUser,
    undo: disableUser,
  },
  {
    key: "end-sessions",
    label: "End sessions of",
    done: "signed out",
    tone: "danger",
    states: ["active"],
    consequences:
      "Every browser in which they are signed in is signed out. They can sign in again with their password.",
    run: endSessionsOf,
  },
  {
    key: "delete",
    label: "Delete",
    done: "deleted",
    tone: "danger",
    states: ["active", "invited", "disabled"],
    consequences:
      "They are signed out everywhere and can no longer sign in. Data and history are kept, their e-mail addresses stay taken, and each account can be restored.",
    run: deleteUser,
    undo: restoreUser,
  },
  {
    key: "restore",
    label: "Restore",
    done: "restored",
    tone: "neutral",
    states: ["deleted"],
    consequences: "They get their accounts back as they were: same role, plan, data and password.",
    run: restoreUser,
    undo: deleteUser,
  },
];

export const affectedBy = (action: BulkAction, users: readonly UserRow[]): UserRow[] =>
  users.filter(({ state }) => action.states.includes(state));

import { dayMs } from "@/lib/core/time";
import type { SecurityFacts } from "../read-facts";
import type { SecurityCheck } from "./check";

/** What has to be there tomorrow, and what has to be true. */
export const keepingChecks = (facts: SecurityFacts): SecurityCheck[] => [
  backup(facts),
  durability(facts.install),
  auditLog(facts.auditBrokenAt),
  secretAge(facts),
  ...(facts.isDemo ? [demo] : []),
];

const backupDaysMax = 7;
const secretDaysMax = 365;

const daysSince = (at: Date, now: Date): number => Math.floor((now.getTime() - at.getTime()) / dayMs);

function backup({ install, lastBackupAt, now }: SecurityFacts): SecurityCheck {
  const key = "backup";
  if (install.database === "postgres") {
    return {
      key,
      state: "consider",
      title: "Backups of Postgres cannot be seen from here",
      text: "What is not copied elsewhere is gone with the disk: the database, and with it DATA_DIR, because one is worth nothing without the secrets of the other.",
      cure: { text: "Back up the database with pg_dump and DATA_DIR as a folder; docs/data.md says how." },
    };
  }
  const cure = {
    text: "npm run admin -- backup --to /another/disk makes a copy while the app runs; docs/data.md has the line for every night.",
  };
  if (lastBackupAt === null) {
    return {
      key,
      state: "act",
      title: "There is no backup",
      text: "None was made with the command for it. If the disk breaks, every account, key and model is gone.",
      cure,
    };
  }
  const days = daysSince(lastBackupAt, now);
  if (days > backupDaysMax) {
    return {
      key,
      state: "act",
      title: `The last backup is ${days} days old`,
      text: "Whatever changed since then is gone if the disk breaks.",
      cure,
    };
  }
  return {
    key,
    state: "good",
    title: days === 0 ? "Backed up today" : days === 1 ? "Backed up yesterday" : `Backed up ${days} days ago`,
    text: "Keep the copy on another machine: one disk that breaks, or one thief, takes both otherwise.",
  };
}

function durability({ database, durability: level }: SecurityFacts["install"]): SecurityCheck {
  const key = "durability";
  if (database === "postgres") {
    return {
      key,
      state: "good",
      title: "Changes are kept by Postgres",
      text: "Whether they survive a power failure is decided by that server (synchronous_commit, on by default).",
    };
  }
  if (level === "full") {
    return {
      key,
      state: "good",
      title: "Changes survive a power failure",
      text: "Every change waits until the disk has it.",
    };
  }
  return {
    key,
    state: "consider",
    title: "A power failure may lose the last moments",
    text: "A crash of the app loses nothing. If the power fails, changes of the last moments may be gone; the database itself stays sound.",
    cure: {
      text: "Set DB_DURABILITY=full. Each change then waits for the disk, a few milliseconds on an SSD.",
    },
  };
}

function auditLog(brokenAt: number | null): SecurityCheck {
  const key = "audit-log";
  if (brokenAt === null) {
    return {
      key,
      state: "good",
      title: "The audit log holds",
      text: "While the app runs it follows the chain of events again and again, and would tell administrators of any that was changed.",
    };
  }
  return {
    key,
    state: "act",
    title: "The audit log was changed",
    text: `It is broken at position ${brokenAt}: somebody wrote into the database past the app.`,
    cure: { text: "Look at it and verify it", href: "/admin/audit" },
  };
}

function secretAge({ secretsMadeAt, now }: SecurityFacts): SecurityCheck {
  const key = "secret-age";
  const days = daysSince(secretsMadeAt, now);
  if (days <= secretDaysMax) {
    return {
      key,
      state: "good",
      title: "The secrets of this install are younger than a year",
      text: "They seal cookies and passwords and encrypt what has to be read again.",
    };
  }
  return {
    key,
    state: "consider",
    title: `The secrets of this install are ${days} days old`,
    text: "Whoever saw an old backup or the disk of an old machine may still know them.",
    cure: { text: "npm run admin -- rotate-secrets makes new ones. Nobody is signed out." },
  };
}

const demo: SecurityCheck = {
  key: "demo",
  state: "act",
  title: "This install is a demonstration",
  text: "Its people, keys and passwords are made up and the same everywhere, and it starts anew with every restart.",
  cure: { text: "Remove DEMO_MODE before anybody uses it for something real." },
};

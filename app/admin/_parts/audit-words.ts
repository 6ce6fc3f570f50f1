import type { z } from "zod";
import type { AuditAction } from "@/lib/audit/domain";
import type { auditEventView } from "@/lib/audit/schema";
import { settingGroups } from "../settings/setting-words";

export type AuditEvent = z.infer<typeof auditEventView>;

/** Each action as what somebody did; the filter of the audit log lists the same words. */
export const actionWords: Record<AuditAction, string> = {
  "install.created": "set up this install",
  "user.created": "made an account",
  "user.updated": "changed a profile",
  "user.disabled": "disabled an account",
  "user.enabled": "enabled an account",
  "user.deleted": "deleted an account",
  "user.restored": "restored an account",
  "user.invited": "made a new invitation link",
  "user.invitation_accepted": "accepted an invitation",
  "password.changed": "changed their password",
  "password.reset_started": "started a password reset",
  "password.reset": "set a new password",
  "session.started": "signed in",
  "session.refused": "was refused at sign-in",
  "session.ended": "ended a session",
  "settings.changed": "changed the settings",
  "audit.exported": "exported the audit log",
};

const profileWords: Record<string, string> = {
  name: "changed the name",
  role: "changed the role",
  plan: "changed the plan",
};

/** As exact as the details of the event allow: "changed the role", "signed out". */
export function whatHappened(event: AuditEvent): string {
  const { action, detail, object } = event;
  if (action === "user.updated") {
    const [only, ...more] = Object.keys(detail);
    return (more.length === 0 && profileWords[only ?? ""]) || actionWords["user.updated"];
  }
  if (action === "session.ended") {
    if (detail.reason === "signed_out") return "signed out";
    if (object.type === "user") return "ended all sessions";
  }
  return Object.hasOwn(actionWords, action) ? actionWords[action as AuditAction] : action;
}

/** Who signs in is not known before; the event itself says who it was. */
export function whoDidIt({ action, actor, detail, object }: AuditEvent): string {
  if (action === "session.started" && typeof detail.email === "string") return detail.email;
  if (actor.kind === "system") return "This install";
  // With a link one acts without being signed in; at a refused sign-in nobody knows who it really was.
  if (actor.kind === "anonymous") return action === "session.refused" ? "Somebody" : object.label;
  return actor.label;
}

const settingLabels = new Map<string, string>(
  settingGroups.flatMap(({ settings }) => settings.map(({ key, label }) => [key, label] as const)),
);

/** The setting's own words, or the name made readable. */
export const memberLabel = (name: string): string => {
  const label = settingLabels.get(name);
  if (label) return label;
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What it was done to; settings by the words of their page. */
export const objectLabel = ({ object, detail }: AuditEvent): string =>
  object.type === "settings" ? Object.keys(detail).map(memberLabel).join(", ") : object.label;

export type Change = { name: string; before: unknown; after: unknown };

const isChange = (value: unknown): value is { before: unknown; after: unknown } =>
  typeof value === "object" && value !== null && "before" in value && "after" in value;

/** What changed from what to what, apart from what else is recorded. */
export function splitDetail(detail: AuditEvent["detail"]) {
  const changes: Change[] = [];
  const facts: { name: string; value: unknown }[] = [];
  for (const [name, value] of Object.entries(detail)) {
    if (isChange(value)) changes.push({ name, before: value.before, after: value.after });
    else facts.push({ name, value });
  }
  return { changes, facts };
}

/** A value of an event as text. */
export const valueText = (value: unknown): string =>
  typeof value === "string" ? value : value === null ? "none" : JSON.stringify(value);

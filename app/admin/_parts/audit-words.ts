import type { z } from "zod";
import type { AuditAction } from "@/lib/audit/domain";
import type { auditEventView } from "@/lib/audit/schema";
import { settingLabels } from "../settings/setting-labels";

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
  "user.units_granted": "gave somebody extra units",
  "user.invited": "made a new invitation link",
  "user.invitation_accepted": "accepted an invitation",
  "password.changed": "changed their password",
  "password.reset_started": "started a password reset",
  "password.reset": "set a new password",
  "session.started": "signed in",
  "session.refused": "was refused at sign-in",
  "session.ended": "ended a session",
  "key.created": "made an API key",
  "key.changed": "changed an API key",
  "key.rolled": "rolled an API key",
  "key.revoked": "revoked an API key",
  "key.reported": "reported a leaked API key",
  "key.slowed": "slowed an API key down",
  "key.frozen": "froze an API key",
  "key.released": "said that an API key is well",
  "token.reuse_detected": "used a refresh token twice",
  "signing_key.rotated": "made a new signing key",
  "plan.created": "added a plan",
  "plan.changed": "changed a plan",
  "plan.deleted": "deleted a plan",
  "model.file_uploaded": "uploaded a model file",
  "model.created": "added a model",
  "model.changed": "changed a model",
  "model.version_created": "added a version of a model",
  "model.promoted": "chose the versions in use",
  "model.deleted": "deleted a model",
  "webhook.created": "added a webhook",
  "webhook.changed": "changed a webhook",
  "webhook.rolled": "made a new secret for a webhook",
  "webhook.deleted": "deleted a webhook",
  "user.registered": "registered",
  "user.email_verified": "proved an e-mail address",
  "user.email_changed": "changed their e-mail address",
  "user.exported": "downloaded what is held about them",
  "session.proven": "proved once more who they are",
  "factor.added": "added a second factor",
  "factor.removed": "removed a second factor",
  "factor.refused": "was refused at the second factor",
  "recovery_codes.created": "made new recovery codes",
  "recovery_codes.used": "used a recovery code",
  "passkey.renamed": "renamed a passkey",
  "provider.created": "added a sign-in service",
  "provider.changed": "changed a sign-in service",
  "provider.deleted": "deleted a sign-in service",
  "account.linked": "connected a sign-in service",
  "account.unlinked": "disconnected a sign-in service",
  "secrets.rotated": "replaced the secrets of this install",
  "mail.sent_again": "sent a mail again",
  "mail.read": "read a kept mail",
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

/** Done with a secret that anybody may have found: nobody knows who it really was. */
const byWhoever = ["session.refused", "key.reported", "token.reuse_detected"];

/** Who signs in is not known before; the event itself says who it was. */
export function whoDidIt({ action, actor, detail, object }: AuditEvent): string {
  if (action === "session.started" && typeof detail.email === "string") return detail.email;
  if (actor.kind === "system") return "This install";
  // With a link one acts without being signed in.
  if (actor.kind === "anonymous") return byWhoever.includes(action) ? "Somebody" : object.label;
  return actor.label;
}

const memberWords: Record<string, string> = {
  user_id: "Owner",
  scopes: "May do",
  cidrs: "Addresses it may be used from",
  expires_at: "Works until",
  old_expires_at: "The old secret works until",
  per_minute: "Calls in a minute",
  per_hour: "Calls in an hour",
  concurrency: "Calls at once",
  price_per_compute_ms: "Price per millisecond of work",
};

const labels = new Map(Object.entries({ ...memberWords, ...settingLabels }));

/** The words of the page where it is set, or the name made readable. */
export const memberLabel = (name: string): string => {
  const label = labels.get(name);
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

/** A value of an event as text; several in one, such as limits, each with its name. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value !== "object") return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, part]) => `${memberLabel(name)}: ${valueText(part)}`)
    .join(", ");
}

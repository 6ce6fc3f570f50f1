/** Everything that is recorded. A name is `noun.past_verb` and never changes its meaning. */
export const auditActions = [
  "install.created",
  "user.created",
  "user.updated",
  "user.disabled",
  "user.enabled",
  "user.deleted",
  "user.restored",
  "user.units_granted",
  "user.invited",
  "user.invitation_accepted",
  "user.registered",
  "user.email_verified",
  "user.email_changed",
  "user.exported",
  "password.changed",
  "password.reset_started",
  "password.reset",
  "session.started",
  "session.refused",
  "session.ended",
  "session.proven",
  "factor.added",
  "factor.removed",
  "factor.refused",
  "recovery_codes.created",
  "recovery_codes.used",
  "passkey.renamed",
  "provider.created",
  "provider.changed",
  "provider.deleted",
  "account.linked",
  "account.unlinked",
  "secrets.rotated",
  "mail.sent_again",
  "mail.read",
  "key.created",
  "key.changed",
  "key.rolled",
  "key.revoked",
  "key.reported",
  "key.slowed",
  "key.frozen",
  "key.released",
  "token.reuse_detected",
  "signing_key.rotated",
  "plan.created",
  "plan.changed",
  "plan.deleted",
  "model.file_uploaded",
  "model.created",
  "model.changed",
  "model.version_created",
  "model.promoted",
  "model.deleted",
  "webhook.created",
  "webhook.changed",
  "webhook.rolled",
  "webhook.deleted",
  "settings.changed",
  "audit.exported",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What is recorded without changing what anybody may do. */
const changesNothing: readonly string[] = [
  "session.started",
  "session.refused",
  "audit.exported",
  "model.file_uploaded",
  "webhook.created",
  "webhook.changed",
  "webhook.rolled",
  "webhook.deleted",
  "user.exported",
  "factor.refused",
  "recovery_codes.created",
  "passkey.renamed",
  "mail.sent_again",
  "mail.read",
];

/** The objects that events changed, and whose they are: whatever is remembered of these is old. */
export const changedIds = (
  events: readonly { action: string; objectId: string | null; detail: Record<string, unknown> }[],
): string[] =>
  events
    .filter(({ action }) => !changesNothing.includes(action))
    .flatMap(({ objectId, detail }) => [objectId, detail.user_id])
    .filter((id) => typeof id === "string");

export type AuditObject = {
  type:
    | "user"
    | "session"
    | "key"
    | "signing_key"
    | "plan"
    | "model"
    | "webhook"
    | "provider"
    | "mail"
    | "secrets"
    | "settings"
    | "audit"
    | "install";
  id: string | null;
  label: string;
};

/** Before and after of each changed member; never a secret. */
export type AuditDetail = Record<string, unknown>;

export type NewAuditEvent = { action: AuditAction; object: AuditObject; detail?: AuditDetail };

/** The members that the hash of an event covers, in this order. */
export type SealedFields = {
  position: number;
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorLabel: string;
  action: string;
  objectType: string;
  objectId: string | null;
  objectLabel: string;
  address: string;
  requestId: string;
  detail: string;
  previous: string;
};

/** One text per event; JSON keeps the borders between members unmistakable. */
export const sealedText = (event: SealedFields): string =>
  JSON.stringify([
    event.position,
    event.id,
    event.at.toISOString(),
    event.actorKind,
    event.actorId,
    event.actorLabel,
    event.action,
    event.objectType,
    event.objectId,
    event.objectLabel,
    event.address,
    event.requestId,
    event.detail,
    event.previous,
  ]);

export type ChainReport =
  | { isIntact: true; events: number; verifiedUpTo: number }
  | { isIntact: false; events: number; verifiedUpTo: number; brokenAt: number; reason: string };

type Link = SealedFields & { hash: string };

/**
 * The first thing wrong with `event`, given what came before it; null when it fits. `isOwn`: its hash is what the
 * secrets of this install make of its content.
 * Precondition: events are asked about in the order of their positions.
 */
export function brokenLink(
  event: Link,
  expectedPosition: number,
  previousHash: string,
  isOwn: boolean,
): string | null {
  if (event.position > expectedPosition) return "an event is missing here";
  if (event.position < expectedPosition) return "an event was put in before it";
  if (event.previous !== previousHash) return "it does not follow the event before it";
  if (!isOwn) return "its content was changed";
  return null;
}

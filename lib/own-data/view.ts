import { asMoney } from "../core/money";
import { orNull } from "../core/time";

/** What of a row nobody may read, not even whom it is about: it would open something. */
type Dated = { createdAt: Date; lastUsedAt: Date | null };

type Profile = {
  id: string;
  email: string;
  emailVerified: Date | null;
  name: string;
  role: string;
  plan: { name: string };
  passwordChangedAt: Date | null;
  lastSeenAt: Date;
  createdAt: Date;
  updatedAt: Date;
};

export const profileView = (user: Profile) => ({
  id: user.id,
  email: user.email,
  email_verified_at: orNull(user.emailVerified),
  name: user.name,
  role: user.role,
  plan: user.plan.name,
  password_changed_at: orNull(user.passwordChangedAt),
  last_seen_at: orNull(user.lastSeenAt),
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
});

type Session = {
  id: string;
  kind: string;
  method: string;
  keyId: string | null;
  address: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  endedReason: string | null;
};

export const pastSessionView = (session: Session) => ({
  id: session.id,
  kind: session.kind,
  method: session.method,
  key_id: session.keyId,
  address: session.address,
  user_agent: session.userAgent,
  created_at: session.createdAt.toISOString(),
  last_seen_at: session.lastSeenAt.toISOString(),
  expires_at: session.expiresAt.toISOString(),
  ended_at: orNull(session.endedAt),
  ended_reason: session.endedReason,
});

type Factors = {
  totp: { createdAt: Date; confirmedAt: Date | null } | null;
  passkeys: readonly (Dated & { name: string; isBackedUp: boolean })[];
  recoveryCodesLeft: number;
};

export const factorsView = ({ totp, passkeys, recoveryCodesLeft }: Factors) => ({
  authenticator_app: totp && {
    created_at: totp.createdAt.toISOString(),
    in_use_since: orNull(totp.confirmedAt),
  },
  recovery_codes_left: recoveryCodesLeft,
  passkeys: passkeys.map((passkey) => ({
    name: passkey.name,
    is_backed_up: passkey.isBackedUp,
    created_at: passkey.createdAt.toISOString(),
    last_used_at: orNull(passkey.lastUsedAt),
  })),
});

type Service = {
  provider: string;
  providerAccountId: string;
  label: string | null;
  createdAt: Date | null;
  lastUsedAt: Date | null;
};

export const serviceView = (service: Service) => ({
  provider: service.provider,
  account: service.providerAccountId,
  label: service.label,
  created_at: orNull(service.createdAt),
  last_used_at: orNull(service.lastUsedAt),
});

type Link = { purpose: string; email: string | null; createdAt: Date; expiresAt: Date; usedAt: Date | null };

export const pastLinkView = ({ purpose, email, createdAt, expiresAt, usedAt }: Link) => ({
  purpose,
  sent_to: email,
  created_at: createdAt.toISOString(),
  expires_at: expiresAt.toISOString(),
  used_at: orNull(usedAt),
});

type Mail = {
  kind: string;
  address: string | null;
  subject: string | null;
  state: string;
  createdAt: Date;
  doneAt: Date | null;
};

export const pastMailView = ({ kind, address, subject, state, createdAt, doneAt }: Mail) => ({
  kind,
  sent_to: address,
  subject,
  state,
  created_at: createdAt.toISOString(),
  done_at: orNull(doneAt),
});

type UsageDay = {
  at: bigint;
  model: string;
  keyId: string;
  calls: bigint;
  failures: bigint;
  rows: bigint;
  units: bigint;
  cost: bigint;
  tokens: bigint;
};

export const usageDayView = (day: UsageDay) => ({
  day: new Date(Number(day.at)).toISOString().slice(0, 10),
  model: day.model,
  key_id: day.keyId || null,
  calls: Number(day.calls),
  failures: Number(day.failures),
  rows: Number(day.rows),
  units: Number(day.units),
  cost: asMoney(Number(day.cost)),
  tokens: Number(day.tokens),
});

type Delivery = {
  id: string;
  endpointId: string;
  type: string;
  state: string;
  body: string;
  createdAt: Date;
  deliveredAt: Date | null;
};

export const sentMessageView = (delivery: Delivery) => ({
  id: delivery.id,
  webhook: delivery.endpointId,
  type: delivery.type,
  state: delivery.state,
  body: JSON.parse(delivery.body) as unknown,
  created_at: delivery.createdAt.toISOString(),
  delivered_at: orNull(delivery.deliveredAt),
});

type Refusal = {
  requestId: string;
  at: Date;
  keyId: string | null;
  address: string;
  method: string;
  path: string;
  status: number;
  code: string;
};

export const pastRefusalView = (refusal: Refusal) => ({
  request_id: refusal.requestId,
  at: refusal.at.toISOString(),
  key_id: refusal.keyId,
  address: refusal.address,
  method: refusal.method,
  path: refusal.path,
  status: refusal.status,
  code: refusal.code,
});

type Event = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  objectType: string;
  objectId: string | null;
  objectLabel: string;
  address: string;
  requestId: string;
  detail: string;
};

/** Where an administrator sat who changed something, and who that was, is about the administrator. */
export function ownEventView(event: Event, userId: string) {
  const isOther = event.actorId !== null && event.actorId !== userId;
  return {
    id: event.id,
    at: event.at.toISOString(),
    by: isOther ? "somebody else" : event.actorId === userId ? "you" : event.actorKind,
    action: event.action,
    object: { type: event.objectType, id: event.objectId, label: event.objectLabel },
    address: isOther ? null : event.address,
    request_id: event.requestId,
    detail: JSON.parse(event.detail) as unknown,
  };
}

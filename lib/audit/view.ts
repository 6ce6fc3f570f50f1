import type { z } from "zod";
import type { ChainReport, SealedFields } from "./domain";
import type { auditEventView, chainReportView } from "./schema";

export const auditView = (event: SealedFields & { hash: string }): z.infer<typeof auditEventView> => ({
  id: event.id,
  position: event.position,
  at: event.at.toISOString(),
  actor: { kind: event.actorKind, id: event.actorId, label: event.actorLabel },
  action: event.action,
  object: { type: event.objectType, id: event.objectId, label: event.objectLabel },
  address: event.address,
  request_id: event.requestId,
  detail: JSON.parse(event.detail) as Record<string, unknown>,
  hash: event.hash,
});

export const chainView = (report: ChainReport): z.infer<typeof chainReportView> => ({
  is_intact: report.isIntact,
  events: report.events,
  verified_up_to: report.verifiedUpTo,
  broken_at: report.isIntact ? null : report.brokenAt,
  reason: report.isIntact ? null : report.reason,
});

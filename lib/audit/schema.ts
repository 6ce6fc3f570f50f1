import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { auditActions } from "./domain";

export const auditQuery = z.strictObject({
  ...pageQuery,
  action: z.enum(auditActions).optional(),
  /** A user's id, or a part of the name the event shows. */
  actor: z.string().max(200).optional(),
  object: z.string().max(200).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditEventView = z.strictObject({
  id: z.string(),
  position: z.number().int(),
  at: z.string(),
  actor: z.strictObject({ kind: z.string(), id: z.string().nullable(), label: z.string() }),
  action: z.string(),
  object: z.strictObject({ type: z.string(), id: z.string().nullable(), label: z.string() }),
  address: z.string(),
  request_id: z.string(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});

export const auditPageView = pageOf(auditEventView);

export const chainReportView = z.strictObject({
  is_intact: z.boolean(),
  events: z.number().int(),
  verified_up_to: z.number().int(),
  broken_at: z.number().int().nullable(),
  reason: z.string().nullable(),
});

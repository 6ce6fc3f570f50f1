import { z } from "zod";
import { pageOf, pageQuery } from "../core/page";
import { alertKinds, alertLevels } from "./domain";

export const alertQuery = z.strictObject({ ...pageQuery, state: z.enum(["unseen", "seen"]).optional() });
export type AlertQuery = z.output<typeof alertQuery>;

/** Said in words: what happened, and what to do about it. */
export const alertView = z.strictObject({
  id: z.string(),
  kind: z.enum(alertKinds),
  level: z.enum(alertLevels),
  /** For all administrators, or for oneself. */
  audience: z.enum(["admins", "own"]),
  title: z.string(),
  detail: z.string(),
  cure: z.string(),
  /** A page of this app where the cure is. */
  href: z.string().nullable(),
  /** What was done by itself, and whether it can be undone with one click. */
  step: z.enum(["slow", "freeze"]).nullable(),
  can_undo: z.boolean(),
  undone_at: z.string().nullable(),
  created_at: z.string(),
  seen_at: z.string().nullable(),
});
export type AlertView = z.infer<typeof alertView>;
export const alertPageView = pageOf(alertView);

export const alertChoicesBody = z.strictObject({
  by_mail: z.boolean(),
  /** Kinds that one does not want mails and webhooks about; the app shows them all the same. */
  muted: z.array(z.enum(alertKinds)).transform((given) => alertKinds.filter((kind) => given.includes(kind))),
});
export type AlertChoices = z.output<typeof alertChoicesBody>;
export type AlertChoicesView = z.infer<typeof alertChoicesView>;
export const alertChoicesView = z.strictObject({
  by_mail: z.boolean(),
  muted: z.array(z.enum(alertKinds)),
  /** Whether this install can send mail at all. */
  can_mail: z.boolean(),
});

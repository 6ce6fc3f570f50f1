import { z } from "zod";
import { canonicalRange } from "../core/address-range";
import { pageOf, pageQuery } from "../core/page";
import { keyScopes } from "../core/scopes";
import { modelName, plainText } from "../core/text";
import { callLimit, limitsView } from "../plans/schema";
import { keyStates, unusualSteps } from "./domain";

const listMax = 50;
const once = <T>(items: T[]): T[] => [...new Set(items)];

const addressRange = z
  .string()
  .max(50)
  .transform((text, context) => {
    const range = canonicalRange(text);
    if (range !== null) return range;
    context.addIssue({
      code: "custom",
      message: "Write an address such as 192.0.2.7 or a range such as 192.0.2.0/24 or 2001:db8::/32.",
    });
    return z.NEVER;
  });

const notEmpty = "Name at least one.";
const members = {
  name: plainText(100),
  scopes: z
    .array(z.enum(keyScopes))
    .min(1, notEmpty)
    .max(listMax)
    .transform((given) => keyScopes.filter((scope) => given.includes(scope))),
  /** Null: all models that the owner may use. */
  models: z.array(modelName).min(1, notEmpty).max(listMax).transform(once).nullable(),
  /** Null: from anywhere. */
  cidrs: z.array(addressRange).min(1, notEmpty).max(listMax).transform(once).nullable(),
  expires_at: z.iso
    .datetime({ offset: true, message: "Write a time such as 2030-01-31T12:00:00Z." })
    .transform((text) => new Date(text))
    .nullable(),
  limits: z.strictObject({
    per_minute: callLimit.nullable().optional(),
    per_hour: callLimit.nullable().optional(),
    concurrency: callLimit.nullable().optional(),
  }),
  /** What happens by itself when the key is used quite unlike before. */
  on_unusual_use: z.enum(unusualSteps),
};

export const createKeyBody = z.strictObject({
  name: members.name,
  scopes: members.scopes,
  models: members.models.default(null),
  cidrs: members.cidrs.default(null),
  expires_at: members.expires_at.default(null),
  limits: members.limits.default({}),
  on_unusual_use: members.on_unusual_use.default("notify"),
});
export type CreateKey = z.infer<typeof createKeyBody>;

export const changeKeyBody = z
  .strictObject(members)
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type ChangeKey = z.infer<typeof changeKeyBody>;

/** For how many seconds the old secret works beside the new one: not at all, an hour, a day, a week. */
export const overlaps = [0, 3_600, 86_400, 604_800] as const;
export const rollKeyBody = z.strictObject({ expires_old_in: z.literal(overlaps) });
export const revokeKeyBody = z.strictObject({ reason: plainText(200) });
export const reportKeyBody = z.strictObject({ secret: z.string().max(8_000) });
export const reportView = z.strictObject({ status: z.literal("received") });

export const keyQuery = z.strictObject({ ...pageQuery, state: z.enum(keyStates).optional() });
export type KeyQuery = z.infer<typeof keyQuery>;

/** Within so many days, or not within so many. */
export const useDays = { "7d": 7, "30d": 30, "90d": 90, unused_30d: 30, unused_90d: 90 } as const;

export const adminKeyQuery = z.strictObject({
  ...keyQuery.shape,
  /** The id of a user, or a part of the name or e-mail. */
  owner: z.string().max(200).optional(),
  /** Keys that may use this model, by its name or because they may use all. */
  model: modelName.optional(),
  /** When it was used last. A key younger than 30 days is not unused for 30 days, even if it never was used. */
  used: z.enum(["never", "7d", "30d", "90d", "unused_30d", "unused_90d"]).optional(),
  sort: z.enum(["created_at", "last_used_at"]).default("created_at"),
  order: z.enum(["asc", "desc"]).default("desc"),
});
export type AdminKeyQuery = z.infer<typeof adminKeyQuery>;

export const keyView = z.strictObject({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  last4: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  models: z.array(z.string()).nullable(),
  cidrs: z.array(z.string()).nullable(),
  limits: limitsView,
  state: z.enum(keyStates),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  last_used_address: z.string().nullable(),
  revoked_at: z.string().nullable(),
  revoked_reason: z.string().nullable(),
  frozen_at: z.string().nullable(),
  frozen_reason: z.string().nullable(),
  on_unusual_use: z.enum(unusualSteps),
  /** Since when it may only be used slowly, because it was used unlike before. */
  slowed_at: z.string().nullable(),
  replaced_by: z.string().nullable(),
});
export const keyPageView = pageOf(keyView);
/** The only place where a secret leaves: the answer that made it. */
export const keyWithSecretView = z.strictObject({ key: keyView, secret: z.string() });

export const adminKeyView = z.strictObject({
  ...keyView.shape,
  owner: z.strictObject({ id: z.string(), email: z.string(), name: z.string() }),
});
export const adminKeyPageView = pageOf(adminKeyView);

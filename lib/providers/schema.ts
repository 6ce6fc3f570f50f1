import { z } from "zod";
import { plainText } from "../core/text";
import { providerKinds } from "./domain";

/** Part of addresses and of the names of cookies. The ways in of the install itself have names of their own. */
export const providerId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, "A name is written with small letters, digits and -, a letter first.")
  .refine(
    (id) => !["credentials", "password", "passkey", "proxy"].includes(id),
    "This name is taken by the app itself.",
  );

const clientId = z.string().trim().min(1, "This may not be empty.").max(500);
const clientSecret = z.string().trim().min(1, "This may not be empty.").max(2_000);
const title = plainText(40);
const enabled = z.boolean();

/** Whether it may be asked at all is looked at when it is: see `issuer.ts`. */
const issuer = z
  .url({ protocol: /^https?$/, error: "Write a full address such as https://login.example.org." })
  .max(500);

const client = { client_id: clientId, client_secret: clientSecret, enabled: enabled.default(true) };
export const createProviderBody = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("github"), title: title.default("GitHub"), ...client }),
  z.strictObject({ kind: z.literal("google"), title: title.default("Google"), ...client }),
  z.strictObject({
    kind: z.literal("oidc"),
    id: providerId.refine((id) => id !== "github" && id !== "google", "Choose the kind of this name."),
    title,
    issuer,
    ...client,
  }),
]);
export type CreateProvider = z.output<typeof createProviderBody>;

/** The issuer never changes: accounts that are connected were named by it. */
export const changeProviderBody = z
  .strictObject({ title, client_id: clientId, client_secret: clientSecret, enabled })
  .partial()
  .refine((change) => Object.keys(change).length > 0, "Name at least one member to change.");
export type ChangeProvider = z.output<typeof changeProviderBody>;

export const providerView = z.strictObject({
  id: z.string(),
  kind: z.enum(providerKinds),
  title: z.string(),
  issuer: z.string(),
  client_id: z.string(),
  enabled: z.boolean(),
  /** What the service has to be told: where it sends people back to. */
  callback_url: z.string(),
  /** How many connected it, and how many of those have no other way in. */
  people: z.number(),
  people_without_other_way: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ProviderView = z.infer<typeof providerView>;
export const providerListView = z.strictObject({ items: z.array(providerView), next_cursor: z.null() });

export const accountView = z.strictObject({
  provider: z.string(),
  title: z.string(),
  label: z.string().nullable(),
  created_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
});
export type AccountView = z.infer<typeof accountView>;
export const accountListView = z.strictObject({ items: z.array(accountView) });
export const linkStartView = z.strictObject({ url: z.string() });

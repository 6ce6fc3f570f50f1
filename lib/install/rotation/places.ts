import { Prisma } from "../../infra/db/generated/sqlite/client";

const { sql } = Prisma;

/** A column with text that `encrypt` made, and what it was made for. */
export type SealedPlace = { table: Prisma.Sql; key: Prisma.Sql; column: Prisma.Sql; purpose: string };

/**
 * All of them but `challenges`, which are over within minutes. A new column of this kind belongs here, which a test
 * makes sure of: without it the secret it was sealed with would be kept for ever.
 */
export const sealedPlaces: readonly SealedPlace[] = [
  { table: sql`signing_keys`, key: sql`id`, column: sql`private_sealed`, purpose: "signing-key" },
  { table: sql`refresh_tokens`, key: sql`id`, column: sql`next_sealed`, purpose: "refresh" },
  { table: sql`webhook_endpoints`, key: sql`id`, column: sql`secret_sealed`, purpose: "webhook-secret" },
  { table: sql`webhook_endpoints`, key: sql`id`, column: sql`previous_sealed`, purpose: "webhook-secret" },
  { table: sql`model_versions`, key: sql`id`, column: sql`headers_sealed`, purpose: "upstream-headers" },
  { table: sql`idempotency_records`, key: sql`scope`, column: sql`body`, purpose: "idempotency" },
  { table: sql`mails`, key: sql`id`, column: sql`data_sealed`, purpose: "mail" },
  { table: sql`mails`, key: sql`id`, column: sql`text_sealed`, purpose: "mail" },
  { table: sql`totps`, key: sql`user_id`, column: sql`secret_sealed`, purpose: "totp" },
  { table: sql`providers`, key: sql`id`, column: sql`secret_sealed`, purpose: "provider" },
];

/** A column with keyed hashes, which rows of it may still be asked for, and what those are called. */
export type HashPlace = {
  table: Prisma.Sql;
  column: Prisma.Sql;
  live: (at: Date) => Prisma.Sql;
  words: [one: string, many: string];
};

export const hashPlaces: Record<"pepper" | "digest" | "encryption", readonly HashPlace[]> = {
  pepper: [
    {
      table: sql`users`,
      column: sql`password_hash`,
      live: () => sql`password_hash IS NOT NULL`,
      words: [
        "person has not signed in with the password since",
        "people have not signed in with their passwords since",
      ],
    },
    {
      table: sql`api_keys`,
      column: sql`digest`,
      live: (at) => sql`revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${at})`,
      words: ["API key has not been used since", "API keys have not been used since"],
    },
  ],
  digest: [
    {
      table: sql`refresh_tokens`,
      column: sql`digest`,
      live: (at) => sql`used_at IS NULL AND expires_at > ${at}`,
      words: ["program's sign-in is from before", "programs' sign-ins are from before"],
    },
    {
      table: sql`one_time_links`,
      column: sql`digest`,
      live: (at) => sql`used_at IS NULL AND expires_at > ${at}`,
      words: ["link that was mailed is still open", "links that were mailed are still open"],
    },
    {
      table: sql`recovery_codes`,
      column: sql`digest`,
      live: () => sql`used_at IS NULL`,
      words: [
        "recovery code is from before (its owner can have new ones made)",
        "recovery codes are from before (their owners can have new ones made)",
      ],
    },
  ],
  encryption: [
    {
      table: sql`challenges`,
      column: sql`data_sealed`,
      live: (at) => sql`data_sealed IS NOT NULL AND used_at IS NULL AND expires_at > ${at}`,
      words: ["sign-in is not finished", "sign-ins are not finished"],
    },
    ...sealedPlaces.map(
      ({ table, column }): HashPlace => ({
        table,
        column,
        live: () => sql`${column} IS NOT NULL`,
        words: [
          `row of ${table.sql} could not be encrypted anew`,
          `rows of ${table.sql} could not be encrypted anew`,
        ],
      }),
    ),
  ],
};

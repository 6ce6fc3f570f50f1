-- CreateTable
CREATE TABLE "usage_accounts" (
    "user_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "units_used" BIGINT NOT NULL,
    "units_reserved" BIGINT NOT NULL,
    "units_granted" BIGINT NOT NULL,
    "cost_used" BIGINT NOT NULL,
    "cost_reserved" BIGINT NOT NULL,
    "day" TEXT NOT NULL,
    "day_cost_used" BIGINT NOT NULL,
    "day_cost_reserved" BIGINT NOT NULL,
    "units_limit" BIGINT,
    "cost_limit" BIGINT,
    "day_cost_limit" BIGINT,

    PRIMARY KEY ("user_id", "month")
);

-- CreateTable
CREATE TABLE "usage_reservations" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "units" BIGINT NOT NULL,
    "cost" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "task_id" TEXT
);

-- CreateTable
CREATE TABLE "usage_subjects" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL
);

-- CreateTable
-- INTEGER, not BIGINT: only so the position is the key of the row itself, without an index of its own.
CREATE TABLE "usage_calls" (
    "position" INTEGER NOT NULL PRIMARY KEY,
    "id" TEXT NOT NULL,
    "subject" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "code" TEXT,
    "is_held" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "units" INTEGER NOT NULL,
    "cost" BIGINT NOT NULL,
    "expense" BIGINT NOT NULL,
    "tokens" INTEGER NOT NULL,
    "queue_us" INTEGER NOT NULL,
    "work_us" INTEGER NOT NULL
);

-- CreateTable
-- WITHOUT ROWID, here and below: the key is nearly all that is looked for.
CREATE TABLE "usage_counters" (
    "grain" INTEGER NOT NULL,
    "subject" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "calls" BIGINT NOT NULL,
    "failures" BIGINT NOT NULL,
    "rows" BIGINT NOT NULL,
    "units" BIGINT NOT NULL,
    "cost" BIGINT NOT NULL,
    "expense" BIGINT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "queue_us" BIGINT NOT NULL,
    "work_us" BIGINT NOT NULL,
    "b0" INTEGER NOT NULL,
    "b1" INTEGER NOT NULL,
    "b2" INTEGER NOT NULL,
    "b3" INTEGER NOT NULL,
    "b4" INTEGER NOT NULL,
    "b5" INTEGER NOT NULL,
    "b6" INTEGER NOT NULL,
    "b7" INTEGER NOT NULL,
    "b8" INTEGER NOT NULL,
    "b9" INTEGER NOT NULL,
    "b10" INTEGER NOT NULL,
    "b11" INTEGER NOT NULL,
    "b12" INTEGER NOT NULL,
    "b13" INTEGER NOT NULL,
    "b14" INTEGER NOT NULL,
    "b15" INTEGER NOT NULL,
    "b16" INTEGER NOT NULL,
    "b17" INTEGER NOT NULL,
    "b18" INTEGER NOT NULL,
    "b19" INTEGER NOT NULL,

    PRIMARY KEY ("grain", "subject", "at")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "usage_totals" (
    "grain" INTEGER NOT NULL,
    "about" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "failures" BIGINT NOT NULL,
    "rows" BIGINT NOT NULL,
    "units" BIGINT NOT NULL,
    "cost" BIGINT NOT NULL,
    "expense" BIGINT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "queue_us" BIGINT NOT NULL,
    "work_us" BIGINT NOT NULL,
    "b0" INTEGER NOT NULL,
    "b1" INTEGER NOT NULL,
    "b2" INTEGER NOT NULL,
    "b3" INTEGER NOT NULL,
    "b4" INTEGER NOT NULL,
    "b5" INTEGER NOT NULL,
    "b6" INTEGER NOT NULL,
    "b7" INTEGER NOT NULL,
    "b8" INTEGER NOT NULL,
    "b9" INTEGER NOT NULL,
    "b10" INTEGER NOT NULL,
    "b11" INTEGER NOT NULL,
    "b12" INTEGER NOT NULL,
    "b13" INTEGER NOT NULL,
    "b14" INTEGER NOT NULL,
    "b15" INTEGER NOT NULL,
    "b16" INTEGER NOT NULL,
    "b17" INTEGER NOT NULL,
    "b18" INTEGER NOT NULL,
    "b19" INTEGER NOT NULL,

    PRIMARY KEY ("grain", "about", "at", "name")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "usage_error_counters" (
    "grain" INTEGER NOT NULL,
    "subject" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    PRIMARY KEY ("grain", "subject", "at", "code")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "usage_error_totals" (
    "grain" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    PRIMARY KEY ("grain", "at", "code")
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "usage_head" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "position" BIGINT NOT NULL,
    "counted" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "usage_writers" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "batch" BIGINT NOT NULL,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "usage_grants" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "created_by_label" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT,
    "rows" INTEGER NOT NULL,
    "rows_done" INTEGER NOT NULL,
    "rows_failed" INTEGER NOT NULL,
    "chunks" INTEGER NOT NULL,
    "terms" TEXT NOT NULL,
    "units_charged" BIGINT NOT NULL,
    "cost_charged" BIGINT NOT NULL,
    "cost_max" BIGINT NOT NULL,
    "reservation_id" TEXT,
    "served_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL,
    "started_at" DATETIME,
    "ended_at" DATETIME,
    "expires_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "task_pieces" (
    "task_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "input" TEXT,
    "output" TEXT,
    "code" TEXT,
    "detail" TEXT,
    "claim" TEXT,
    "claimed_until" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("task_id", "number"),
    CONSTRAINT "task_pieces_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT NOT NULL,
    "secret_sealed" TEXT NOT NULL,
    "previous_sealed" TEXT,
    "previous_until" DATETIME,
    "created_at" DATETIME NOT NULL,
    "disabled_at" DATETIME,
    "disabled_reason" TEXT
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "endpoint_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_at" DATETIME NOT NULL,
    "claim" TEXT,
    "claimed_until" DATETIME,
    "last_status" INTEGER,
    "last_error" TEXT,
    "created_at" DATETIME NOT NULL,
    "delivered_at" DATETIME,
    CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "user_id" TEXT,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "object_type" TEXT,
    "object_id" TEXT,
    "step" TEXT,
    "undone_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    "seen_at" DATETIME,
    "told_at" DATETIME
);

-- CreateTable
CREATE TABLE "key_places" (
    "key_id" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "first_seen_at" DATETIME NOT NULL,

    PRIMARY KEY ("key_id", "bucket")
);

-- CreateTable
CREATE TABLE "alert_choices" (
    "user_id" TEXT NOT NULL PRIMARY KEY,
    "by_mail" BOOLEAN NOT NULL,
    "muted" TEXT NOT NULL DEFAULT ''
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_plans" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "per_minute" INTEGER,
    "per_hour" INTEGER,
    "concurrency" INTEGER,
    "units_per_month" INTEGER,
    "budget_per_month" BIGINT,
    "budget_per_day" BIGINT,
    "price_per_call" BIGINT NOT NULL DEFAULT 0,
    "price_per_row" BIGINT NOT NULL DEFAULT 0,
    "price_per_ms" BIGINT NOT NULL DEFAULT 0,
    "price_per_token" BIGINT NOT NULL DEFAULT 0
);
INSERT INTO "new_plans" ("concurrency", "created_at", "description", "id", "name", "per_hour", "per_minute") SELECT "concurrency", "created_at", "description", "id", "name", "per_hour", "per_minute" FROM "plans";
DROP TABLE "plans";
ALTER TABLE "new_plans" RENAME TO "plans";
CREATE TABLE "new_api_keys" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "models" TEXT,
    "cidrs" TEXT,
    "per_minute" INTEGER,
    "per_hour" INTEGER,
    "concurrency" INTEGER,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME,
    "last_used_at" DATETIME NOT NULL,
    "last_used_address" TEXT,
    "revoked_at" DATETIME,
    "revoked_reason" TEXT,
    "frozen_at" DATETIME,
    "frozen_reason" TEXT,
    "on_unusual_use" TEXT NOT NULL DEFAULT 'notify',
    "slowed_at" DATETIME,
    "replaced_by_id" TEXT,
    "pool_id" TEXT NOT NULL,
    CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_api_keys" ("cidrs", "concurrency", "created_at", "digest", "expires_at", "frozen_at", "frozen_reason", "id", "last4", "last_used_address", "last_used_at", "models", "name", "per_hour", "per_minute", "pool_id", "prefix", "replaced_by_id", "revoked_at", "revoked_reason", "scopes", "user_id") SELECT "cidrs", "concurrency", "created_at", "digest", "expires_at", "frozen_at", "frozen_reason", "id", "last4", "last_used_address", "last_used_at", "models", "name", "per_hour", "per_minute", "pool_id", "prefix", "replaced_by_id", "revoked_at", "revoked_reason", "scopes", "user_id" FROM "api_keys";
DROP TABLE "api_keys";
ALTER TABLE "new_api_keys" RENAME TO "api_keys";
CREATE UNIQUE INDEX "api_keys_digest_key" ON "api_keys"("digest");
CREATE INDEX "api_keys_user_id_created_at_idx" ON "api_keys"("user_id", "created_at");
CREATE INDEX "api_keys_last_used_at_id_idx" ON "api_keys"("last_used_at", "id");
CREATE INDEX "api_keys_created_at_id_idx" ON "api_keys"("created_at", "id");
CREATE TABLE "new_models" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "access" TEXT NOT NULL DEFAULT 'everyone',
    "access_ids" TEXT NOT NULL DEFAULT '',
    "history" TEXT NOT NULL DEFAULT 'kept',
    "history_days" INTEGER NOT NULL DEFAULT 30,
    "timeout_ms" INTEGER NOT NULL DEFAULT 10000,
    "rows_max" INTEGER NOT NULL DEFAULT 1000,
    "queue_max" INTEGER NOT NULL DEFAULT 1000,
    "runners_max" INTEGER NOT NULL DEFAULT 2,
    "memory_max" INTEGER NOT NULL DEFAULT 1024,
    "is_batched" BOOLEAN NOT NULL DEFAULT true,
    "expense_per_call" BIGINT NOT NULL DEFAULT 0,
    "expense_per_ms" BIGINT NOT NULL DEFAULT 0,
    "expense_per_token" BIGINT NOT NULL DEFAULT 0,
    "stable" INTEGER NOT NULL,
    "next" INTEGER,
    "paused_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL,
    "deleted_at" DATETIME
);
INSERT INTO "new_models" ("access", "access_ids", "created_at", "deleted_at", "description", "history", "history_days", "id", "is_batched", "memory_max", "name", "next", "paused_at", "queue_max", "rows_max", "runners_max", "stable", "timeout_ms", "title", "updated_at") SELECT "access", "access_ids", "created_at", "deleted_at", "description", "history", "history_days", "id", "is_batched", "memory_max", "name", "next", "paused_at", "queue_max", "rows_max", "runners_max", "stable", "timeout_ms", "title", "updated_at" FROM "models";
DROP TABLE "models";
ALTER TABLE "new_models" RENAME TO "models";
CREATE UNIQUE INDEX "models_name_key" ON "models"("name");
CREATE INDEX "models_created_at_id_idx" ON "models"("created_at", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "usage_accounts_month_idx" ON "usage_accounts"("month");

-- CreateIndex
CREATE INDEX "usage_reservations_expires_at_idx" ON "usage_reservations"("expires_at");

-- CreateIndex
CREATE INDEX "usage_reservations_user_id_idx" ON "usage_reservations"("user_id");

-- CreateIndex
CREATE INDEX "usage_subjects_model_id_idx" ON "usage_subjects"("model_id");

-- CreateIndex
CREATE UNIQUE INDEX "usage_subjects_user_id_key_id_model_id_key" ON "usage_subjects"("user_id", "key_id", "model_id");

-- CreateIndex
CREATE INDEX "usage_calls_at_subject_idx" ON "usage_calls"("at", "subject");

-- CreateIndex
CREATE INDEX "usage_error_counters_grain_at_idx" ON "usage_error_counters"("grain", "at");

-- CreateIndex
CREATE INDEX "usage_grants_user_id_month_idx" ON "usage_grants"("user_id", "month");

-- CreateIndex
CREATE INDEX "tasks_user_id_created_at_id_idx" ON "tasks"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "tasks_state_served_at_idx" ON "tasks"("state", "served_at");

-- CreateIndex
CREATE INDEX "tasks_expires_at_idx" ON "tasks"("expires_at");

-- CreateIndex
CREATE INDEX "task_pieces_state_claimed_until_idx" ON "task_pieces"("state", "claimed_until");

-- CreateIndex
CREATE INDEX "webhook_endpoints_user_id_idx" ON "webhook_endpoints"("user_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_state_next_at_idx" ON "webhook_deliveries"("state", "next_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_user_id_created_at_idx" ON "webhook_deliveries"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_created_at_idx" ON "webhook_deliveries"("endpoint_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_key_key" ON "alerts"("key");

-- CreateIndex
CREATE INDEX "alerts_user_id_created_at_idx" ON "alerts"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "alerts_created_at_idx" ON "alerts"("created_at");

-- CreateIndex
CREATE INDEX "alerts_told_at_idx" ON "alerts"("told_at");

-- Rows that every install starts with.
INSERT INTO "usage_head" ("id", "position", "counted") VALUES (1, 0, 0);
UPDATE "plans" SET "units_per_month" = 1000 WHERE "id" = 'free';
UPDATE "plans" SET "units_per_month" = 100000 WHERE "id" = 'paid';

-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "budget_per_day" BIGINT,
ADD COLUMN     "budget_per_month" BIGINT,
ADD COLUMN     "price_per_call" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "price_per_ms" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "price_per_row" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "price_per_token" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "units_per_month" INTEGER;

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "on_unusual_use" TEXT NOT NULL DEFAULT 'notify',
ADD COLUMN     "slowed_at" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "models" ADD COLUMN     "expense_per_call" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "expense_per_ms" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "expense_per_token" BIGINT NOT NULL DEFAULT 0;

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

    CONSTRAINT "usage_accounts_pkey" PRIMARY KEY ("user_id","month")
);

-- CreateTable
CREATE TABLE "usage_reservations" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "units" BIGINT NOT NULL,
    "cost" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "task_id" TEXT,

    CONSTRAINT "usage_reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_subjects" (
    "number" SERIAL NOT NULL,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,

    CONSTRAINT "usage_subjects_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "usage_calls" (
    "position" BIGINT NOT NULL,
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
    "work_us" INTEGER NOT NULL,

    CONSTRAINT "usage_calls_pkey" PRIMARY KEY ("position")
);

-- CreateTable
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

    CONSTRAINT "usage_counters_pkey" PRIMARY KEY ("grain","subject","at")
);

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

    CONSTRAINT "usage_totals_pkey" PRIMARY KEY ("grain","about","at","name")
);

-- CreateTable
CREATE TABLE "usage_error_counters" (
    "grain" INTEGER NOT NULL,
    "subject" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "usage_error_counters_pkey" PRIMARY KEY ("grain","subject","at","code")
);

-- CreateTable
CREATE TABLE "usage_error_totals" (
    "grain" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    CONSTRAINT "usage_error_totals_pkey" PRIMARY KEY ("grain","at","code")
);

-- CreateTable
CREATE TABLE "usage_head" (
    "id" INTEGER NOT NULL,
    "position" BIGINT NOT NULL,
    "counted" BIGINT NOT NULL,

    CONSTRAINT "usage_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_writers" (
    "id" TEXT NOT NULL,
    "batch" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "usage_writers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_grants" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "units" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "created_by_label" TEXT NOT NULL,

    CONSTRAINT "usage_grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" TEXT NOT NULL,
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
    "served_at" TIMESTAMP(3) NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "started_at" TIMESTAMP(3),
    "ended_at" TIMESTAMP(3),
    "expires_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
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
    "claimed_until" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "task_pieces_pkey" PRIMARY KEY ("task_id","number")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT NOT NULL,
    "secret_sealed" TEXT NOT NULL,
    "previous_sealed" TEXT,
    "previous_until" TIMESTAMP(3),
    "created_at" TIMESTAMP(3) NOT NULL,
    "disabled_at" TIMESTAMP(3),
    "disabled_reason" TEXT,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_at" TIMESTAMP(3) NOT NULL,
    "claim" TEXT,
    "claimed_until" TIMESTAMP(3),
    "last_status" INTEGER,
    "last_error" TEXT,
    "created_at" TIMESTAMP(3) NOT NULL,
    "delivered_at" TIMESTAMP(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "user_id" TEXT,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "object_type" TEXT,
    "object_id" TEXT,
    "step" TEXT,
    "undone_at" TIMESTAMP(3),
    "created_at" TIMESTAMP(3) NOT NULL,
    "seen_at" TIMESTAMP(3),
    "told_at" TIMESTAMP(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_places" (
    "key_id" TEXT NOT NULL,
    "bucket" TEXT NOT NULL,
    "first_seen_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "key_places_pkey" PRIMARY KEY ("key_id","bucket")
);

-- CreateTable
CREATE TABLE "alert_choices" (
    "user_id" TEXT NOT NULL,
    "by_mail" BOOLEAN NOT NULL,
    "muted" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "alert_choices_pkey" PRIMARY KEY ("user_id")
);

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

-- AddForeignKey
ALTER TABLE "task_pieces" ADD CONSTRAINT "task_pieces_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rows that every install starts with.
INSERT INTO "usage_head" ("id", "position", "counted") VALUES (1, 0, 0);
UPDATE "plans" SET "units_per_month" = 1000 WHERE "id" = 'free';
UPDATE "plans" SET "units_per_month" = 100000 WHERE "id" = 'paid';

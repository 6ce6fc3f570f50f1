-- CreateTable
-- WITHOUT ROWID, here and below: the key is nearly all that is looked for.
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
CREATE TABLE "usage_error_totals" (
    "grain" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,

    PRIMARY KEY ("grain", "at", "code")
) WITHOUT ROWID;

-- CreateIndex
CREATE INDEX "usage_calls_subject_at_idx" ON "usage_calls"("subject", "at");

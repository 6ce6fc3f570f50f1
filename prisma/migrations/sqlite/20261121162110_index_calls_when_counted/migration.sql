-- DropIndex
DROP INDEX "usage_calls_subject_at_idx";

-- CreateTable
-- WITHOUT ROWID: the key is all there is.
CREATE TABLE "usage_call_places" (
    "subject" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,

    PRIMARY KEY ("subject", "at", "position")
) WITHOUT ROWID;

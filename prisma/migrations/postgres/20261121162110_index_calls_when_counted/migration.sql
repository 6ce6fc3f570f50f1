-- DropIndex
DROP INDEX "usage_calls_subject_at_idx";

-- CreateTable
CREATE TABLE "usage_call_places" (
    "subject" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "usage_call_places_pkey" PRIMARY KEY ("subject","at","position")
);

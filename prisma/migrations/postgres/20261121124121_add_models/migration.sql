-- CreateTable
CREATE TABLE "models" (
    "id" TEXT NOT NULL,
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
    "stable" INTEGER NOT NULL,
    "next" INTEGER,
    "paused_at" TIMESTAMP(3),
    "created_at" TIMESTAMP(3) NOT NULL,
    "updated_at" TIMESTAMP(3) NOT NULL,
    "deleted_at" TIMESTAMP(3),

    CONSTRAINT "models_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_versions" (
    "id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "runner" TEXT NOT NULL,
    "file_sha256" TEXT,
    "file_bytes" INTEGER,
    "upstream" TEXT,
    "headers_sealed" TEXT,
    "inputs" TEXT NOT NULL,
    "outputs" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "created_by_label" TEXT NOT NULL,

    CONSTRAINT "model_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "predictions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "key_id" TEXT,
    "model_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "code" TEXT,
    "rows" INTEGER NOT NULL,
    "input" TEXT,
    "output" TEXT,
    "input_hash" TEXT,
    "output_hash" TEXT,
    "request_id" TEXT NOT NULL,
    "queue_ms" DOUBLE PRECISION NOT NULL,
    "predict_ms" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMP(3) NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "predictions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refusals" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "user_id" TEXT,
    "key_id" TEXT,
    "address" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "facts" TEXT NOT NULL,

    CONSTRAINT "refusals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "models_name_key" ON "models"("name");

-- CreateIndex
CREATE INDEX "models_created_at_id_idx" ON "models"("created_at", "id");

-- CreateIndex
CREATE INDEX "model_versions_file_sha256_idx" ON "model_versions"("file_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "model_versions_model_id_number_key" ON "model_versions"("model_id", "number");

-- CreateIndex
CREATE INDEX "predictions_user_id_created_at_id_idx" ON "predictions"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "predictions_model_id_created_at_idx" ON "predictions"("model_id", "created_at");

-- CreateIndex
CREATE INDEX "predictions_expires_at_idx" ON "predictions"("expires_at");

-- CreateIndex
CREATE INDEX "refusals_request_id_idx" ON "refusals"("request_id");

-- CreateIndex
CREATE INDEX "refusals_at_idx" ON "refusals"("at");

-- AddForeignKey
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "predictions" ADD CONSTRAINT "predictions_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

import { Prisma } from "../infra/db/generated/sqlite/client";

// What is added up of calls, as pieces of statements: counters, totals and reports all have these columns.

export const sumColumns = Prisma.sql`calls, failures, rows, units, cost, expense, tokens, queue_us, work_us,
  b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15, b16, b17, b18, b19`;

/** The same as names, in the same order. */
export const sumNames = sumColumns.sql.split(",").map((name) => name.trim());

/** Of calls by the name `c`: how often the outcome, the work and the waiting in `us` was what. See `latencyBounds`. */
export const sumsOfCalls = Prisma.sql`
  count(*) AS calls, count(c.code) AS failures, sum(c.rows) AS rows, sum(c.units) AS units, sum(c.cost) AS cost,
  sum(c.expense) AS expense, sum(c.tokens) AS tokens, sum(CAST(c.queue_us AS BIGINT)) AS queue_us,
  sum(CAST(c.work_us AS BIGINT)) AS work_us,
  sum(CASE WHEN c.us <= 1000 THEN 1 ELSE 0 END) AS b0,
  sum(CASE WHEN c.us > 1000 AND c.us <= 2000 THEN 1 ELSE 0 END) AS b1,
  sum(CASE WHEN c.us > 2000 AND c.us <= 3000 THEN 1 ELSE 0 END) AS b2,
  sum(CASE WHEN c.us > 3000 AND c.us <= 5000 THEN 1 ELSE 0 END) AS b3,
  sum(CASE WHEN c.us > 5000 AND c.us <= 8000 THEN 1 ELSE 0 END) AS b4,
  sum(CASE WHEN c.us > 8000 AND c.us <= 13000 THEN 1 ELSE 0 END) AS b5,
  sum(CASE WHEN c.us > 13000 AND c.us <= 22000 THEN 1 ELSE 0 END) AS b6,
  sum(CASE WHEN c.us > 22000 AND c.us <= 36000 THEN 1 ELSE 0 END) AS b7,
  sum(CASE WHEN c.us > 36000 AND c.us <= 60000 THEN 1 ELSE 0 END) AS b8,
  sum(CASE WHEN c.us > 60000 AND c.us <= 100000 THEN 1 ELSE 0 END) AS b9,
  sum(CASE WHEN c.us > 100000 AND c.us <= 170000 THEN 1 ELSE 0 END) AS b10,
  sum(CASE WHEN c.us > 170000 AND c.us <= 280000 THEN 1 ELSE 0 END) AS b11,
  sum(CASE WHEN c.us > 280000 AND c.us <= 460000 THEN 1 ELSE 0 END) AS b12,
  sum(CASE WHEN c.us > 460000 AND c.us <= 770000 THEN 1 ELSE 0 END) AS b13,
  sum(CASE WHEN c.us > 770000 AND c.us <= 1300000 THEN 1 ELSE 0 END) AS b14,
  sum(CASE WHEN c.us > 1300000 AND c.us <= 2200000 THEN 1 ELSE 0 END) AS b15,
  sum(CASE WHEN c.us > 2200000 AND c.us <= 3600000 THEN 1 ELSE 0 END) AS b16,
  sum(CASE WHEN c.us > 3600000 AND c.us <= 6000000 THEN 1 ELSE 0 END) AS b17,
  sum(CASE WHEN c.us > 6000000 AND c.us <= 10000000 THEN 1 ELSE 0 END) AS b18,
  sum(CASE WHEN c.us > 10000000 THEN 1 ELSE 0 END) AS b19`;

/** Sums of such sums. Postgres would make decimals of them, which are slow to read. */
export const sumsOfSums = Prisma.sql`
  CAST(sum(calls) AS BIGINT) AS calls, CAST(sum(failures) AS BIGINT) AS failures,
  CAST(sum(rows) AS BIGINT) AS rows, CAST(sum(units) AS BIGINT) AS units, CAST(sum(cost) AS BIGINT) AS cost,
  CAST(sum(expense) AS BIGINT) AS expense, CAST(sum(tokens) AS BIGINT) AS tokens,
  CAST(sum(queue_us) AS BIGINT) AS queue_us, CAST(sum(work_us) AS BIGINT) AS work_us,
  CAST(sum(b0) AS BIGINT) AS b0, CAST(sum(b1) AS BIGINT) AS b1, CAST(sum(b2) AS BIGINT) AS b2,
  CAST(sum(b3) AS BIGINT) AS b3, CAST(sum(b4) AS BIGINT) AS b4, CAST(sum(b5) AS BIGINT) AS b5,
  CAST(sum(b6) AS BIGINT) AS b6, CAST(sum(b7) AS BIGINT) AS b7, CAST(sum(b8) AS BIGINT) AS b8,
  CAST(sum(b9) AS BIGINT) AS b9, CAST(sum(b10) AS BIGINT) AS b10, CAST(sum(b11) AS BIGINT) AS b11,
  CAST(sum(b12) AS BIGINT) AS b12, CAST(sum(b13) AS BIGINT) AS b13, CAST(sum(b14) AS BIGINT) AS b14,
  CAST(sum(b15) AS BIGINT) AS b15, CAST(sum(b16) AS BIGINT) AS b16, CAST(sum(b17) AS BIGINT) AS b17,
  CAST(sum(b18) AS BIGINT) AS b18, CAST(sum(b19) AS BIGINT) AS b19`;

/** After ON CONFLICT, where `t` is the name of the table that is written. */
export const addSums = Prisma.sql`
  calls = t.calls + excluded.calls, failures = t.failures + excluded.failures, rows = t.rows + excluded.rows,
  units = t.units + excluded.units, cost = t.cost + excluded.cost, expense = t.expense + excluded.expense,
  tokens = t.tokens + excluded.tokens, queue_us = t.queue_us + excluded.queue_us,
  work_us = t.work_us + excluded.work_us, b0 = t.b0 + excluded.b0, b1 = t.b1 + excluded.b1,
  b2 = t.b2 + excluded.b2, b3 = t.b3 + excluded.b3, b4 = t.b4 + excluded.b4, b5 = t.b5 + excluded.b5,
  b6 = t.b6 + excluded.b6, b7 = t.b7 + excluded.b7, b8 = t.b8 + excluded.b8, b9 = t.b9 + excluded.b9,
  b10 = t.b10 + excluded.b10, b11 = t.b11 + excluded.b11, b12 = t.b12 + excluded.b12, b13 = t.b13 + excluded.b13,
  b14 = t.b14 + excluded.b14, b15 = t.b15 + excluded.b15, b16 = t.b16 + excluded.b16, b17 = t.b17 + excluded.b17,
  b18 = t.b18 + excluded.b18, b19 = t.b19 + excluded.b19`;

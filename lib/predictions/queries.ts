import type { UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { afterNewest, type Page, toPage } from "../core/page";
import { now } from "../infra/clock";
import { db, type Prisma } from "../infra/db/client";
import { canSeePrediction } from "./policy";
import { flushPredictions } from "./recorder";
import type { PredictionQuery } from "./schema";

const withModel = { model: { select: { name: true } } } as const;
export type Prediction = Prisma.PredictionGetPayload<{ include: typeof withModel }>;

/** Kept days are a promise: what is older is not shown, whether it has been deleted yet or not. */
const unexpired = (): Prisma.PredictionWhereInput => ({ expiresAt: { gt: now() } });

/** Newest first; see `canSeePrediction` for what a key sees. */
export async function listPredictions(actor: UserActor, query: PredictionQuery): Promise<Page<Prediction>> {
  await flushPredictions();
  const rows = await db().prediction.findMany({
    where: { AND: [ownOf(actor), unexpired(), matching(query), afterNewest(query.cursor)] },
    include: withModel,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => ({ value: row.createdAt.toISOString(), id: row.id }));
}

export async function getPrediction(actor: UserActor, id: string): Promise<Prediction> {
  await flushPredictions();
  const row = await db().prediction.findFirst({ where: { id, ...unexpired() }, include: withModel });
  if (!row || !canSeePrediction(actor, row)) throw new AppError("prediction.not_found");
  return row;
}

/** The same as `canSeePrediction`, as a question to the database. */
const ownOf = (actor: UserActor): Prisma.PredictionWhereInput => ({
  userId: actor.user.id,
  ...(actor.kind === "key" ? { keyId: actor.key.id } : {}),
});

type Filters = Omit<PredictionQuery, "limit" | "cursor">;

const matching = ({ model, status, key, from, to }: Filters): Prisma.PredictionWhereInput => ({
  AND: [
    model ? { model: { name: model } } : {},
    status ? { status } : {},
    key ? { keyId: key } : {},
    from ? { createdAt: { gte: timeOf(from) } } : {},
    to ? { createdAt: { lt: timeOf(to) } } : {},
  ],
});

/** Postgres cannot read the earliest years that an ISO time can name; nothing here is older than 1970. */
const timeOf = (text: string): Date => new Date(Math.max(0, Date.parse(text)));

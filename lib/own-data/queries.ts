import type { PersonActor } from "../core/actor";
import type { Page } from "../core/page";
import { db } from "../infra/db/client";
import { listKeys } from "../keys/queries";
import { listPredictions } from "../predictions/queries";
import { listTasks, readResults } from "../tasks/queries";
import { grains } from "../usage/domain";
import { seeLastCalls } from "../usage/queries/see-last-calls";

/** Everything is read in pieces of this size while it is sent, however much there is. */
const atOnce = 200;

async function* byId<T extends { id: string }>(read: (after: string) => Promise<T[]>): AsyncGenerator<T[]> {
  for (let after = ""; ; ) {
    const rows = await read(after);
    if (rows.length > 0) yield rows;
    if (rows.length < atOnce) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function* byCursor<T>(read: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T[]> {
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await read(cursor);
    if (items.length > 0) yield items;
    if (nextCursor === null) return;
    cursor = nextCursor;
  }
}

const step = (after: string) => ({ id: { gt: after } });
const inOrder = { orderBy: { id: "asc" }, take: atOnce } as const;

export const getProfile = ({ user: { id } }: PersonActor) =>
  db().user.findUniqueOrThrow({ where: { id }, include: { plan: true } });

export const readSessions = ({ user: { id: userId } }: PersonActor) =>
  byId((after) => db().session.findMany({ where: { userId, ...step(after) }, ...inOrder }));

export const readKeys = (actor: PersonActor) =>
  byCursor((cursor) => listKeys(actor, { limit: atOnce, cursor }));

export const readKeyPlaces = async (actor: PersonActor) => {
  const keys = await db().apiKey.findMany({ where: { userId: actor.user.id }, select: { id: true } });
  return db().keyPlace.findMany({ where: { keyId: { in: keys.map(({ id }) => id) } }, take: 10_000 });
};

/** Names and dates; what they prove with is nobody's to read. */
export async function getFactors({ user: { id: userId } }: PersonActor) {
  const [totp, passkeys, recoveryCodesLeft] = await Promise.all([
    db().totp.findUnique({ where: { userId }, select: { createdAt: true, confirmedAt: true } }),
    db().passkey.findMany({
      where: { userId },
      select: { name: true, isBackedUp: true, createdAt: true, lastUsedAt: true },
    }),
    db().recoveryCode.count({ where: { userId, usedAt: null } }),
  ]);
  return { totp, passkeys, recoveryCodesLeft };
}

export const listServices = ({ user: { id: userId } }: PersonActor) =>
  db().account.findMany({
    where: { userId },
    select: { provider: true, providerAccountId: true, label: true, createdAt: true, lastUsedAt: true },
  });

export const readLinks = ({ user: { id: userId } }: PersonActor) =>
  byId((after) =>
    db().oneTimeLink.findMany({ where: { userId, ...step(after) }, omit: { digest: true }, ...inOrder }),
  );

export const readMails = ({ user: { id: userId, email } }: PersonActor) =>
  byId((after) =>
    db().mail.findMany({
      where: { OR: [{ userId }, { address: email }], ...step(after) },
      select: {
        id: true,
        kind: true,
        address: true,
        subject: true,
        state: true,
        createdAt: true,
        doneAt: true,
      },
      ...inOrder,
    }),
  );

export const readPredictions = (actor: PersonActor) =>
  byCursor((cursor) => listPredictions(actor, { limit: atOnce, cursor }));

export const readTasks = (actor: PersonActor) =>
  byCursor((cursor) => listTasks(actor, { limit: atOnce, cursor }));

export async function* readTaskResults(actor: PersonActor) {
  for await (const tasks of readTasks(actor))
    for (const { id } of tasks)
      for await (const { results } of readResults(id))
        if (results.length > 0) yield results.map((result) => ({ task: id, ...result }));
}

/** What was counted, by day, model and key, as long as days are kept. */
export async function* readUsageByDay({ user: { id: userId } }: PersonActor) {
  await seeLastCalls();
  const subjects = await db().usageSubject.findMany({ where: { userId } });
  const models = await db().model.findMany({
    where: { id: { in: [...new Set(subjects.map(({ modelId }) => modelId))] } },
    select: { id: true, name: true },
  });
  const names = new Map(models.map(({ id, name }) => [id, name]));
  for (const { number, keyId, modelId } of subjects) {
    const days = await db().usageCounter.findMany({
      where: { grain: grains.day, subject: number },
      orderBy: { at: "asc" },
    });
    yield days.map((day) => ({ ...day, keyId, model: names.get(modelId) ?? "" }));
  }
}

export const listOwnGrants = ({ user: { id: userId } }: PersonActor) =>
  db().usageGrant.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });

export const readDeliveries = ({ user: { id: userId } }: PersonActor) =>
  byId((after) => db().webhookDelivery.findMany({ where: { userId, ...step(after) }, ...inOrder }));

export const readAlerts = ({ user: { id: userId } }: PersonActor) =>
  byId((after) => db().alert.findMany({ where: { userId, ...step(after) }, ...inOrder }));

export const readRefusals = ({ user: { id: userId } }: PersonActor) =>
  byId((after) => db().refusal.findMany({ where: { userId, ...step(after) }, ...inOrder }));

/** By them, or about them, their sessions and their keys. */
export async function* readAuditEvents({ user: { id: userId } }: PersonActor) {
  const [sessions, keys] = await Promise.all([
    db().session.findMany({ where: { userId }, select: { id: true }, take: 5_000 }),
    db().apiKey.findMany({ where: { userId }, select: { id: true }, take: 5_000 }),
  ]);
  const objects = [userId, ...[...sessions, ...keys].map(({ id }) => id)];
  for (let after = 0; ; ) {
    const events = await db().auditEvent.findMany({
      where: {
        OR: [{ actorId: userId }, { objectId: { in: objects } }],
        position: { gt: after },
      },
      orderBy: { position: "asc" },
      take: atOnce,
    });
    if (events.length > 0) yield events;
    if (events.length < atOnce) return;
    after = events.at(-1)?.position ?? after;
  }
}

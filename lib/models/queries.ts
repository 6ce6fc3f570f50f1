import { type Actor, requireAdmin, type UserActor } from "../core/actor";
import { AppError } from "../core/errors";
import { decodeCursor, type Page, toPage } from "../core/page";
import { isPending } from "../core/pending";
import { everything, onChange } from "../infra/bus";
import { type Database, db } from "../infra/db/client";
import { singleton } from "../infra/singleton";
import type { LiveModel, LiveVersion } from "./domain/live-model";
import { liveModel, type ModelRow, retireReplaced, type VersionRow } from "./live";
import { canUseModel } from "./policy";
import type { ModelQuery } from "./schema";

export type { LiveModel, LiveVersion } from "./domain/live-model";

type Models = ReadonlyMap<string, LiveModel>;
/** `latest` outlives a change: what is read next is compared with it. */
type Kept = { models: Models | Promise<Models> | null; latest: Models };

const kept = () =>
  singleton("live-models", () => {
    const own: Kept = { models: null, latest: new Map() };
    onChange((ids) => {
      if (ids.some((id) => id === everything || id.startsWith("mdl_"))) own.models = null;
    });
    return own;
  });

/**
 * All models by name, from memory: every call asks. Dropped at each change, whichever process made it; a read that
 * was overtaken by a change is answered to those who wait for it and not kept.
 */
export function liveModels(): Models | Promise<Models> {
  const own = kept();
  if (own.models) return own.models;
  const reading = readModels(own.latest);
  own.models = reading;
  const finish = (models: Models | null) => {
    if (own.models !== reading) return;
    own.models = models;
    if (!models) return;
    retireReplaced(own.latest, models);
    own.latest = models;
  };
  return reading.then(
    (models) => {
      finish(models);
      return models;
    },
    (error) => {
      finish(null);
      throw error;
    },
  );
}

async function readModels(before: Models): Promise<Models> {
  const rows = await db().model.findMany({
    where: { deletedAt: null },
    include: { versions: { orderBy: { number: "asc" } } },
    orderBy: { name: "asc" },
  });
  return new Map(rows.map((row) => [row.name, liveModel(row, before.get(row.name))]));
}

/** What somebody may not use is not there. */
export function findUsableModel(actor: UserActor, name: string): LiveModel | Promise<LiveModel> {
  const models = liveModels();
  return isPending(models)
    ? models.then((all) => usable(actor, all.get(name)))
    : usable(actor, models.get(name));
}

function usable(actor: UserActor, model: LiveModel | undefined): LiveModel {
  if (!model || !canUseModel(actor, model)) throw new AppError("model.not_found");
  return model;
}

/** By number, `stable` or `next`; without a choice the one in use. */
export function versionOf(model: LiveModel, choice: number | string | undefined): LiveVersion {
  if (choice === undefined || choice === "stable") return model.stable;
  const found = choice === "next" ? model.next : model.versions.get(Number(choice));
  if (!found) throw new AppError("model.version_not_found", { detail: missing(model, choice) });
  return found;
}

const missing = ({ name }: LiveModel, choice: number | string): string =>
  choice === "next" ? `No version of ${name} is on trial.` : `${name} has no version ${choice}.`;

export const listUsableModels = async (actor: UserActor, query: ModelQuery): Promise<Page<LiveModel>> =>
  pageOfModels(
    [...(await liveModels()).values()].filter((model) => canUseModel(actor, model)),
    query,
  );

export async function listAllModels(actor: Actor, query: ModelQuery): Promise<Page<LiveModel>> {
  requireAdmin(actor);
  return pageOfModels([...(await liveModels()).values()], query);
}

export async function getModel(actor: Actor, name: string): Promise<LiveModel> {
  requireAdmin(actor);
  const model = (await liveModels()).get(name);
  if (!model) throw new AppError("model.not_found");
  return model;
}

/** Ordered by name, which is unique; every word has to be somewhere in what people read of a model. */
function pageOfModels(models: LiveModel[], { q = "", cursor, limit }: ModelQuery): Page<LiveModel> {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const after = cursor === undefined ? "" : decodeCursor(cursor).value;
  const found = models
    .filter(({ name, title, description }) => {
      const text = `${name} ${title} ${description}`.toLowerCase();
      return name > after && words.every((word) => text.includes(word));
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return toPage(found, limit, ({ id, name }) => ({ value: name, id }));
}

/** Of a change: what it is about, as it is in the database at this moment. */
export async function getModelRow(actor: Actor, name: string, database: Database): Promise<ModelRow> {
  requireAdmin(actor);
  const row = await database.model.findUnique({
    where: { name },
    include: { versions: { orderBy: { number: "asc" } } },
  });
  if (!row || row.deletedAt) throw new AppError("model.not_found");
  return row;
}

export type Versions = { model: ModelRow; versions: VersionRow[] };

/** Newest first. */
export async function listVersions(actor: Actor, name: string): Promise<Versions> {
  const model = await getModelRow(actor, name, db());
  return { model, versions: model.versions.toReversed() };
}

/** The files that versions are made from; those of a deleted model only while its deletion is fresh. */
export async function listFilesInUse(database: Database, deletedAfter: Date): Promise<Set<string>> {
  const rows = await database.modelVersion.findMany({
    where: {
      fileSha256: { not: null },
      model: { OR: [{ deletedAt: null }, { deletedAt: { gt: deletedAfter } }] },
    },
    select: { fileSha256: true },
    distinct: ["fileSha256"],
  });
  return new Set(rows.flatMap(({ fileSha256 }) => fileSha256 ?? []));
}

import type { UserActor } from "../../core/actor";
import { AppError } from "../../core/errors";
import type { Bounds } from "../../core/money";
import { singleton } from "../../infra/singleton";
import type { Row } from "../../models/domain/encode-rows";
import type { LiveModel, LiveVersion } from "../../models/queries";
import { currentPlan } from "../../plans/queries";
import { findVersion } from "../../predictions/commands/find-version";
import type { Amount } from "../../usage/domain";
import { pieceCostMax, rowsPerPiece, type TaskTerms, termsOf, tokensOfRow } from "../domain";
import { Gathering } from "./gather-rows";
import { msPerRowOf } from "./model-speed";
import { readUpload, taskBytesMax, type Upload } from "./read-upload";

/** Rows that came as JSON, or a file that still comes in. */
export type Rows = { inputs: readonly Row[] } | { upload: Upload };
export type Wanted = { model: string; version?: number | string | undefined };

export type Prepared = {
  model: LiveModel;
  version: LiveVersion;
  gathered: Gathering;
  terms: TaskTerms;
  bounds: Bounds;
  /** The most that all of it can cost. */
  ask: Amount;
};

/** How many files of one person may come in at once: each can take as much memory as it is large. */
const uploadsAtOnce = 2;
const reading = () => singleton("task-uploads", () => new Map<string, number>());

/** Reads and checks all rows, and finds out what they may cost. Writes nothing. */
export async function prepareTask(actor: UserActor, wanted: Wanted, rows: Rows): Promise<Prepared> {
  const { model, version } = await findVersion(actor, wanted.model, wanted.version);
  const msPerRow = await msPerRowOf(model.id);
  const pieceRows = rowsPerPiece(msPerRow, version.http !== null);
  // The names of columns are in each row, so rows are longer than the file they come from.
  const gathered = new Gathering(version, pieceRows, 4 * taskBytesMax());
  if ("upload" in rows) await oneOfFew(actor.user.id, () => readUpload(rows.upload, version, gathered));
  else
    for (const row of rows.inputs) {
      gathered.take(row);
      await gathered.breathe();
    }
  gathered.finish();
  const { prices, bounds } = await currentPlan(actor.user.planId);
  const terms = termsOf(prices, { ...model, pieceRows, tokensMax: tokensMaxOf(version, gathered) });
  const cost = gathered.sizes.reduce((sum, count) => sum + pieceCostMax(terms, count), 0);
  return { model, version, gathered, terms, bounds, ask: { units: gathered.rows, cost } };
}

/** Only a chat counts tokens. */
const tokensMaxOf = ({ upstream }: LiveVersion, { longest }: Gathering): number =>
  upstream?.preset === "chat"
    ? tokensOfRow(longest, Buffer.byteLength(upstream.systemPrompt ?? ""), upstream.tokensMax)
    : 0;

async function oneOfFew(userId: string, work: () => Promise<void>): Promise<void> {
  const count = reading().get(userId) ?? 0;
  if (count >= uploadsAtOnce)
    throw new AppError("task.too_many", {
      detail: `${uploadsAtOnce} of your files are being read already. Wait until one of them is through.`,
    });
  reading().set(userId, count + 1);
  try {
    await work();
  } finally {
    const left = (reading().get(userId) ?? 1) - 1;
    if (left > 0) reading().set(userId, left);
    else reading().delete(userId);
  }
}

import type { Ask } from "./accounts";
import type { Ended } from "./call-rows";
import type { Hold } from "./domain";
import type { Standing } from "./refusal";

type Waiting<T> = { resolve: (value: T) => void; reject: (error: unknown) => void };

/** `isLease`: for the calls that may come; `hasWaited`: leases were settled for it, a refusal is the truth now. */
export type AskEntry = Ask & {
  resolve: (hold: Hold, standing: Standing) => void;
  reject: (error: unknown) => void;
  isLease?: boolean;
  hasWaited?: boolean;
};
type EndEntry = Ended & Waiting<void>;
type ReleaseEntry = { hold: Hold } & Waiting<void>;

/** What is written together, and who waits for it. */
export type Batch = {
  asks: AskEntry[];
  ends: EndEntry[];
  releases: ReleaseEntry[];
  isSwept: boolean;
  /** Called when it was written, or could not be. */
  onDone: (() => void)[];
};

/** Larger ones would hold up the others that write, and whoever waits for the answer. */
const entriesAtOnce = 1_000;

export const emptyBatch = (): Batch => ({ asks: [], ends: [], releases: [], isSwept: false, onDone: [] });

export const entriesOf = ({ asks, ends, releases }: Batch): number =>
  asks.length + ends.length + releases.length;

/** What is too much for one write, taken out of it. */
export function takeRest(batch: Batch): Batch {
  if (entriesOf(batch) <= entriesAtOnce) return emptyBatch();
  const { asks, ends, releases, onDone } = batch;
  return {
    ...emptyBatch(),
    asks: asks.splice(entriesAtOnce),
    ends: ends.splice(entriesAtOnce),
    releases: releases.splice(entriesAtOnce),
    onDone: onDone.splice(0),
  };
}

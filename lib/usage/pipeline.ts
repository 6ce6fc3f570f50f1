import { LRUCache } from "lru-cache";
import { AppError } from "../core/errors";
import { newId } from "../core/ids";
import type { Bounds } from "../core/money";
import { nowMs } from "../infra/clock";
import { NothingChanged, type Row, readAside, type Write } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { jsonTexts } from "../infra/db/json-rows";
import { env } from "../infra/env";
import {
  askStatements,
  changeStatement,
  dropHolds,
  giveBackExpired,
  needHolds,
  standingOf,
  takeHead,
} from "./accounts";
import { type AskEntry, type Batch, emptyBatch, entriesOf, takeRest } from "./batch";
import { callStatement, changesOf, charged, type Ended } from "./call-rows";
import { countCalls, countSoon } from "./counters";
import { type Amount, type CallRecord, dayOf, type Hold, monthOf } from "./domain";
import { LeaseAsks, notAdmitted } from "./lease-asks";
import { LeaseSettler, type Which } from "./lease-settler";
import { Leases } from "./leases";
import { fits, nothingUsed, refusalOf } from "./refusal";
import { subjectsOf } from "./subjects";
import { WrittenBatches } from "./written-batches";

const nothing: Amount = { units: 0, cost: 0 };

/** A call whose hold was given up while its process slept is admitted again, for as long as writing it may take. */
const readmittedMs = 60_000;

/**
 * All that is reserved and recorded in this process, as one transaction after the other. What comes in while one is
 * being written goes into the next, so load makes them larger, and who comes alone does not wait.
 */
export class Pipeline {
  private next = emptyBatch();
  private running: Promise<void> | undefined;
  private readonly batches = new WrittenBatches();
  /** Who called without a hold lately. */
  private readonly unbounded = new LRUCache<string, true>({ max: 10_000 });
  private readonly leases = new Leases();
  private readonly settler = new LeaseSettler(this.leases);
  private readonly leaseAsks = new LeaseAsks(this.leases, this.settler, (asks) => {
    this.next.asks.push(...asks);
    this.start();
  });

  async reserve(userId: string, bounds: Bounds, ask: Amount, ttlMs: number): Promise<Hold> {
    // Until a moment ago nothing bounded this user: what was called then has to be in the account first.
    if (this.unbounded.delete(userId)) await this.written().then(countCalls);
    const part = this.leases.take(userId, bounds, ask, ttlMs);
    if (!part) return this.holdAlone(userId, bounds, ask, ttlMs);
    this.leaseAsks.follow(part, bounds, ttlMs);
    return part;
  }

  private holdAlone(userId: string, bounds: Bounds, ask: Amount, ttlMs: number): Promise<Hold> {
    const at = nowMs();
    const hold: Hold = {
      id: newId("rsv"),
      userId,
      month: monthOf(at),
      day: dayOf(at),
      units: ask.units,
      cost: ask.cost,
    };
    return new Promise((resolve, reject) => {
      this.next.asks.push({ hold, bounds, expiresAt: at + ttlMs, taskId: null, resolve, reject });
      this.start();
    });
  }

  record(ended: Ended): Promise<void> {
    const { record, hold } = ended;
    const lease = this.leases.of(hold);
    if (!hold) this.unbounded.set(record.userId, true);
    // Its day is not the one that the lease was taken for, or the ledger has taken the lease back.
    else if (lease && (dayOf(record.at) !== hold.day || lease.expiresAt <= nowMs())) {
      this.leases.end(hold, nothing);
      return this.readmit(charged(ended), hold);
    }
    return new Promise((resolve, reject) => {
      this.next.ends.push({ record: charged(ended), hold, resolve, reject });
      this.start();
    });
  }

  async release(hold: Hold): Promise<void> {
    if (this.leases.of(hold)) return this.leases.end(hold, nothing);
    return new Promise((resolve, reject) => {
      this.next.releases.push({ hold, resolve, reject });
      this.start();
    });
  }

  /** Everything that came in so far is answered; leases that nobody waits for are given up. */
  async flush(): Promise<void> {
    this.leaseAsks.giveUp();
    while (this.running) await this.running;
  }

  /** Everything that came in so far was written; under load there is always more, and that is not waited for. */
  async written(): Promise<void> {
    if (this.running) await new Promise<void>((resolve) => this.next.onDone.push(resolve));
  }

  /** What leases hold and nobody uses is given back; of all leases, or of one user. */
  settle = (which: Which): Promise<void> => this.settler.settle(which);

  private start(): void {
    // A turn of the loop later: whatever else came in with the same turn goes along.
    this.running ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.run())
      .finally(() => {
        this.running = undefined;
        if (this.isWaiting()) this.start();
      });
  }

  private isWaiting = (): boolean => entriesOf(this.next) + this.next.onDone.length > 0;

  private async run(): Promise<void> {
    while (this.isWaiting()) {
      const batch = this.next;
      this.next = takeRest(batch);
      try {
        if (entriesOf(batch) > 0) await this.write(batch);
      } catch (cause) {
        const error = new AppError("service.unavailable", { retryAfterSeconds: 5, cause });
        // Whether they were written is not known: what they had of a lease is not taken by others.
        for (const { hold } of batch.ends) if (hold) this.leases.end(hold, hold);
        for (const { reject } of [...batch.asks, ...batch.ends, ...batch.releases]) reject(error);
      }
      for (const done of batch.onDone) done();
    }
  }

  private async write(batch: Batch): Promise<void> {
    const { asks, ends, releases, isSwept } = batch;
    const records = ends.map(({ record }) => record);
    const subjects = records.length === 0 ? [] : await subjectsOf(records);
    const released = releases.map(({ hold }) => hold);
    const gone = [...ends.flatMap(({ hold }) => (hold && !this.leases.of(hold) ? hold : [])), ...released];
    // Calls of a lease count like those without a hold: the account hears of them when they are counted.
    const settled = ends.map(({ record, hold }) => ({ record, hold: this.leases.of(hold) ? null : hold }));
    const changes = changesOf(settled, released);
    const statements: Write[] = [takeHead(records.length)];
    const needed = new Set([...ends.flatMap(({ hold }) => hold?.id ?? []), ...released.map(({ id }) => id)]);
    if (needed.size > 0) statements.push(needHolds([...needed]));
    if (gone.length > 0) statements.push(dropHolds(gone.map(({ id }) => id)));
    if (records.length > 0) statements.push(callStatement(settled, subjects));
    if (changes.length > 0) statements.push(changeStatement(changes));
    if (isSwept) statements.push(...giveBackExpired(nowMs()));
    if (asks.length > 0) statements.push(...askStatements(asks));
    let answers: Row[][] | null;
    try {
      answers = await this.batches.write(statements);
    } catch (error) {
      if (error instanceof NothingChanged) return this.part(batch);
      throw error;
    }
    if (records.length > 0) countSoon();
    for (const { record, hold, resolve } of ends) {
      if (hold) this.leases.end(hold, record);
      resolve();
    }
    for (const { resolve } of releases) resolve();
    if (asks.length > 0) this.answerAsks(asks, answers?.slice(-2) ?? (await lostAnswers(asks)), isSwept);
  }

  /**
   * Who was not admitted is refused when it does not fit in what is left after this transaction; else the sum of
   * those before it was in its way, and it is asked again. While others hold something, the refusal waits until
   * what has expired of that was given back.
   */
  private answerAsks(asks: AskEntry[], answers: Row[][], isSwept: boolean): void {
    const [admitted = [], accounts = []] = answers;
    const days = new Map(admitted.map(({ id, day }) => [String(id), String(day)]));
    const standings = new Map(accounts.map((row) => [`${row.user_id} ${row.month}`, standingOf(row)]));
    const at = nowMs();
    const { currency } = env();
    const again: AskEntry[] = [];
    let mustSweep = false;
    for (const ask of asks) {
      const { hold, bounds } = ask;
      const day = days.get(hold.id);
      const standing = standings.get(`${hold.userId} ${hold.month}`) ?? nothingUsed;
      if (day !== undefined) {
        ask.resolve(day === hold.day ? hold : { ...hold, day }, standing);
        if (!ask.isLease) this.leaseAsks.open(ask, standing);
        continue;
      }
      if (ask.isLease) {
        ask.reject(notAdmitted);
        continue;
      }
      const isHeld = standing.unitsReserved > 0 || standing.costReserved > 0;
      const isFitting = fits(standing, bounds, hold);
      if (isFitting || (isHeld && !isSwept)) {
        mustSweep ||= !isFitting;
        again.push(ask);
      } else if (isHeld && !ask.hasWaited) void this.settleAndAsk(ask);
      else ask.reject(refusalOf(standing, bounds, hold, { at, currency }));
    }
    if (again.length === 0) return;
    this.next.asks.unshift(...again);
    this.next.isSwept ||= mustSweep;
  }

  /**
   * It does not fit while leases hold something, of which nobody knows how much is used. Those of this process are
   * settled, those of others end within moments; what is refused then is refused rightly.
   */
  private async settleAndAsk(ask: AskEntry): Promise<void> {
    const { userId } = ask.hold;
    ask.hasWaited = true;
    try {
      await this.settler.gone(userId);
      this.next.asks.push(ask);
      this.next.isSwept = true;
      this.start();
    } catch (cause) {
      ask.reject(new AppError("service.unavailable", { retryAfterSeconds: 5, cause }));
    }
  }

  /** Some holds were given up before their calls ended: those calls have to be admitted again, the others go on. */
  private async part(batch: Batch): Promise<void> {
    const { asks, ends, releases, isSwept } = batch;
    const ids = [...new Set([...ends, ...releases].flatMap(({ hold }) => hold?.id ?? []))];
    const found = await readAside<{ id: string }>(
      Prisma.sql`SELECT id FROM usage_reservations WHERE id IN ${jsonTexts(ids)}`,
    );
    const here = new Set(found.map(({ id }) => id));
    if (ids.every((id) => here.has(id))) throw new Error("the ledger took nothing, for no reason");
    this.next.asks.unshift(...asks);
    this.next.isSwept ||= isSwept;
    this.next.onDone.push(...batch.onDone.splice(0));
    for (const entry of releases)
      if (here.has(entry.hold.id)) this.next.releases.push(entry);
      else entry.resolve();
    for (const entry of ends)
      if (!entry.hold || here.has(entry.hold.id)) this.next.ends.push(entry);
      else {
        this.leases.end(entry.hold, nothing);
        this.readmit(entry.record, entry.hold).then(entry.resolve, entry.reject);
      }
  }

  private async readmit(record: CallRecord, hold: Hold): Promise<void> {
    const { units, cost } = record;
    if (units === 0 && cost === 0) return this.record({ record, hold: null });
    const [row] = await readAside(
      Prisma.sql`SELECT units_limit, cost_limit, day_cost_limit FROM usage_accounts
        WHERE user_id = ${hold.userId} AND month = ${hold.month}`,
    );
    const limit = (value: unknown) => (typeof value === "number" ? value : null);
    const bounds: Bounds = {
      unitsPerMonth: limit(row?.units_limit),
      budgetPerMonth: limit(row?.cost_limit),
      budgetPerDay: limit(row?.day_cost_limit),
    };
    const again = await this.holdAlone(hold.userId, bounds, { units, cost }, readmittedMs);
    return this.record({ record, hold: again });
  }
}

/** The batch was written, but not what it answered: the same, as it can be read now. */
async function lostAnswers(asks: readonly AskEntry[]): Promise<Row[][]> {
  const holds = asks.map(({ hold }) => hold);
  return [
    await readAside(
      Prisma.sql`SELECT id, day FROM usage_reservations WHERE id IN ${jsonTexts(holds.map(({ id }) => id))}`,
    ),
    await readAside(
      Prisma.sql`SELECT * FROM usage_accounts WHERE user_id IN ${jsonTexts(holds.map(({ userId }) => userId))}`,
    ),
  ];
}

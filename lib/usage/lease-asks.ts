import type { Bounds } from "../core/money";
import { nowMs } from "../infra/clock";
import type { AskEntry } from "./batch";
import type { Amount, Hold } from "./domain";
import type { LeaseSettler } from "./lease-settler";
import type { Leases } from "./leases";
import type { Standing } from "./refusal";

export const notAdmitted = new Error("there is too little left for a lease");

/** Leases that nobody waits for are asked for together: an ask has a fixed price for the write it goes along with. */
const togetherMs = 200;

/** Asks for leases: the first one when somebody turns out to call often, the next one before the last one ends. */
export class LeaseAsks {
  private readonly later: AskEntry[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly leases: Leases,
    private readonly settler: LeaseSettler,
    private readonly ask: (asks: AskEntry[]) => void,
  ) {}

  /** For the calls after one that was held for alone, given how the account stands after it. */
  open({ hold, bounds, expiresAt }: AskEntry, standing: Standing): void {
    const amount = this.leases.wanted(hold.userId, bounds, hold, standing);
    if (amount) this.ask([this.askFor(hold.userId, amount, bounds, expiresAt - nowMs())]);
  }

  /** For the calls after those of the lease that this is a part of, if that is about to end. */
  follow(part: Hold, bounds: Bounds, ttlMs: number): void {
    const amount = this.leases.wantedAfter(part);
    if (!amount) return;
    this.later.push(this.askFor(part.userId, amount, bounds, ttlMs));
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.ask(this.later.splice(0));
    }, togetherMs).unref();
  }

  giveUp(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const { reject } of this.later.splice(0)) reject(notAdmitted);
  }

  private askFor(userId: string, amount: Amount, bounds: Bounds, ttlMs: number): AskEntry {
    const draft = this.leases.draft(userId, amount, ttlMs);
    const resolve = (hold: Hold, standing: Standing) => {
      this.leases.opened(userId, { ...draft, bounds, hold, standing });
      this.settler.settleSoon();
    };
    const reject = () => this.leases.opened(userId, null);
    return { ...draft, bounds, taskId: null, resolve, reject, isLease: true };
  }
}

import { nowMs } from "../infra/clock";
import { readAside, writeAside } from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { wholeParameter } from "../infra/db/json-rows";
import { log } from "../infra/log";
import { dropHolds, giveBackParts, isLease, takeHead } from "./accounts";
import { countCalls } from "./counters";
import { type Leases, leaseLifeMs } from "./leases";

/** Leases that end are settled so often. */
const settleEveryMs = 1_500;
const lookAgainMs = 200;

/** Leases whose time is over, all of them, or those of one user; the latter two let nobody in any more. */
export type Which = "due" | "all" | { userId: string };

/** Gives back what leases hold and nobody uses. */
export class LeaseSettler {
  private settling: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private readonly leaving = new Map<string, Promise<void>>();

  constructor(private readonly leases: Leases) {}

  settle(which: Which): Promise<void> {
    // One after the other: what two saw at the same time would be given back twice.
    const settled = this.settling.then(() => this.settleNow(which));
    this.settling = settled.catch(() => {});
    return settled;
  }

  private async settleNow(which: Which): Promise<void> {
    const closed = this.leases.closed(which);
    if (closed.length === 0) return;
    const spent = closed.map((lease) => ({ ...lease.spent }));
    await countCalls();
    const parts = closed.map((lease, index) => ({
      ...lease.hold,
      ...this.leases.takeBack(lease, spent[index] ?? lease.spent),
    }));
    const over = closed.filter((lease) => this.leases.isOver(lease));
    const ids = over.map(({ hold }) => hold.id);
    await writeAside([takeHead(0), ...giveBackParts(parts), ...(ids.length > 0 ? [dropHolds(ids)] : [])]);
    for (const lease of over) this.leases.forget(lease);
  }

  settleSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.settle("due")
        .catch((err: unknown) => log().warn({ err }, "leases could not be settled; they end by themselves"))
        .finally(() => {
          if (!this.leases.isEmpty()) this.settleSoon();
        });
    }, settleEveryMs).unref();
  }

  /** No lease holds anything of the user any more: not here, and not in other processes, unless their calls take long. */
  gone(userId: string): Promise<void> {
    const leaving =
      this.leaving.get(userId) ?? this.untilGone(userId).finally(() => this.leaving.delete(userId));
    this.leaving.set(userId, leaving);
    return leaving;
  }

  private async untilGone(userId: string): Promise<void> {
    await countCalls();
    const until = nowMs() + leaseLifeMs;
    do {
      await this.settle({ userId });
      const [lease] = await readAside(
        Prisma.sql`SELECT id FROM usage_reservations
          WHERE user_id = ${userId} AND ${isLease} AND expires_at > ${wholeParameter(nowMs())} LIMIT 1`,
      );
      if (!lease) return;
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    } while (nowMs() < until);
  }
}

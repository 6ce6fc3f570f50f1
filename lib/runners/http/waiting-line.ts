import { AppError } from "../../core/errors";

type Waiting = { begin: () => void };

/** Lets a few calls run and the others wait their turn, in the order in which they came; not too many of them. */
export class WaitingLine {
  private readonly waiting = new Set<Waiting>();
  private inside = 0;

  constructor(private readonly insideMax: number) {}

  get queued(): number {
    return this.waiting.size;
  }

  get running(): number {
    return this.inside;
  }

  /** Done when it is the caller's turn; then `leave` has to follow. A signal that is raised ends the wait. */
  async enter(queueMax: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.inside < this.insideMax) {
      this.inside += 1;
      return;
    }
    if (this.waiting.size >= queueMax) throw new AppError("model.busy", { retryAfterSeconds: 1 });
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.waiting.delete(waiting);
        reject(signal.reason);
      };
      const waiting = {
        begin: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      this.waiting.add(waiting);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  leave(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.inside -= 1;
      return;
    }
    // The place is handed over, so that nobody who comes just now overtakes.
    this.waiting.delete(next);
    next.begin();
  }
}

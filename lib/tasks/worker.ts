import { everything, onChange } from "../infra/bus";
import { log } from "../infra/log";
import { singleton, takeSingleton } from "../infra/singleton";
import { claimPiece } from "./commands/claim-piece";
import { tasksInOrder, tellOfLatest } from "./commands/next-task";
import { isWaitedFor } from "./commands/run-piece";
import { failTask } from "./commands/settle-task";
import { accessOf } from "./commands/task-access";
import { workPiece } from "./commands/work-piece";

/** How many pieces a process works on at once: one that waits for a slow service does not hold up all others. */
const lanes = 2;
/** Without word of a new task, this often a process looks for one. */
const idleMs = 1_000;
/** After a piece, callers have the machine for themselves: as long as it took, within these bounds. */
const restMsMin = 20;
const restMsMax = 1_000;
/** There is work, but callers wait for its model. */
const courtesyMs = 25;
const troubledMs = 5_000;
/** When the process is to end, rows that run have so long; then they are put back for another process. */
const endMs = 3_000;

type Found = "worked" | "held back" | "nothing";

/** Runs the rows of tasks beside everything else that this process does. */
class Worker {
  private readonly stopping = new AbortController();
  private isEnding = false;
  /** What ends each pause, and whether a new task does. */
  private readonly pauses = new Map<() => void, { isWakeable: boolean }>();
  private readonly running: Promise<void>[];
  private readonly forget: () => void;

  constructor() {
    this.forget = onChange((ids) => {
      if (!ids.some((id) => id === everything || id.startsWith("tsk_"))) return;
      for (const [end, { isWakeable }] of this.pauses) if (isWakeable) end();
    });
    tellOfLatest().catch((error) => log().warn({ err: error }, "ended tasks could not be told of"));
    this.running = Array.from({ length: lanes }, () => this.lane());
  }

  async stop(): Promise<void> {
    this.isEnding = true;
    this.forget();
    for (const end of [...this.pauses.keys()]) end();
    const timer = setTimeout(() => this.stopping.abort(), endMs);
    await Promise.all(this.running);
    clearTimeout(timer);
  }

  private async lane(): Promise<void> {
    while (!this.isEnding) {
      const startedAt = performance.now();
      try {
        const found = await this.step();
        const tookMs = performance.now() - startedAt;
        if (found === "worked") await this.pause(Math.min(restMsMax, Math.max(restMsMin, tookMs)));
        else await this.pause(found === "held back" ? courtesyMs : idleMs, found === "nothing");
      } catch (error) {
        log().warn({ err: error }, "tasks could not be worked on; tried again in a moment");
        await this.pause(troubledMs);
      }
    }
  }

  /** One piece of the task whose turn it is, as far as its model is free for it. */
  private async step(): Promise<Found> {
    let found: Found = "nothing";
    for (const task of await tasksInOrder()) {
      if (this.isEnding) return "nothing";
      const access = await accessOf(task);
      if (access.kind === "fails") await failTask(task.id, access.code);
      if (access.kind !== "ready") continue;
      if (isWaitedFor(access.version)) {
        found = "held back";
        continue;
      }
      const piece = await claimPiece(task);
      if (!piece) continue;
      await workPiece(piece, access, this.stopping.signal);
      return "worked";
    }
    return found;
  }

  private pause(ms: number, isWakeable = false): Promise<void> {
    if (this.isEnding) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms).unref();
      this.pauses.set(end, { isWakeable });
    });
  }
}

const name = "task-worker";

export function startTasks(): void {
  singleton(name, () => new Worker());
}

/** Ends when no row runs any more. What was not done is found by the next process. */
export async function stopTasks(): Promise<void> {
  await takeSingleton<Worker>(name)?.stop();
}

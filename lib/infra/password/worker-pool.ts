import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "../../core/errors";
import { env } from "../env";
import { singleton } from "../singleton";

export type HashJob = { text: string; cost: number } | { text: string; hash: string };
type Pending = {
  job: HashJob;
  resolve: (result: string | boolean) => void;
  reject: (error: unknown) => void;
};
type Answer = { id: number; result?: string | boolean; error?: string };

/** One core stays free for requests; beyond a few, sign-ins would only slow each other. */
const workersMax = Math.max(1, Math.min(4, availableParallelism() - 1));
const queueMax = 200;

class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly queue: Pending[] = [];
  private readonly running = new Map<Worker, Pending>();
  private count = 0;

  run(job: HashJob): Promise<string | boolean> {
    if (this.queue.length >= queueMax)
      return Promise.reject(new AppError("auth.busy", { retryAfterSeconds: 10 }));
    return new Promise((resolve, reject) => {
      this.queue.push({ job, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    if (this.queue.length === 0) return;
    const worker = this.idle.pop() ?? (this.count < workersMax ? this.start() : undefined);
    if (!worker) return;
    const pending = this.queue.shift() as Pending;
    this.running.set(worker, pending);
    worker.ref();
    worker.postMessage({ id: 0, ...pending.job });
  }

  private start(): Worker {
    this.count += 1;
    const worker = new Worker(
      path.join(/* turbopackIgnore: true */ env().root, "lib/infra/password/hash-worker.mjs"),
    );
    worker.on("message", (answer: Answer) => {
      const pending = this.running.get(worker);
      this.running.delete(worker);
      // An idle worker must not keep a finished command from exiting.
      worker.unref();
      this.idle.push(worker);
      if (answer.error === undefined) pending?.resolve(answer.result as string | boolean);
      else pending?.reject(new Error(answer.error));
      this.next();
    });
    worker.on("error", (error) => this.running.get(worker)?.reject(error));
    worker.on("exit", () => {
      this.count -= 1;
      this.running.get(worker)?.reject(new Error("the hashing worker stopped"));
      this.running.delete(worker);
      const index = this.idle.indexOf(worker);
      if (index >= 0) this.idle.splice(index, 1);
      this.next();
    });
    worker.unref();
    return worker;
  }
}

export const hashInWorker = (job: HashJob): Promise<string | boolean> =>
  singleton("password-workers", () => new WorkerPool()).run(job);

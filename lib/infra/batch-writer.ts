import { log } from "./log";
import { count } from "./metrics";

type Options<Row> = {
  /** In metrics and in the log. */
  name: string;
  write: (rows: readonly Row[]) => Promise<unknown>;
  /** How long a row waits for company, how many are written at once, and how many may wait at all. */
  afterMs: number;
  rowsAtOnce: number;
  rowsMax: number;
};

const complainEveryMs = 60_000;

/**
 * Rows that nobody waits for, written together: one statement for many costs little more than for one. While the
 * database is away they wait in memory; what exceeds the bound is lost, oldest first, counted and told of.
 */
export class BatchWriter<Row> {
  private rows: Row[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private complainedAt = Number.NEGATIVE_INFINITY;

  private readonly label: { writer: string };

  constructor(private readonly options: Options<Row>) {
    this.label = { writer: options.name };
  }

  add(row: Row): void {
    this.rows.push(row);
    if (this.rows.length > this.options.rowsMax) {
      this.rows.shift();
      this.complain("rows are dropped: the database takes them too slowly");
    }
    if (this.rows.length >= this.options.rowsAtOnce) void this.writeOnce();
    else this.schedule();
  }

  /** Everything added so far is in the database when this ends, unless the database is away. */
  async flush(): Promise<void> {
    await this.writing;
    while (this.rows.length > 0 && (await this.writeOnce()));
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.writeOnce();
    }, this.options.afterMs).unref();
  }

  /** One statement at a time; says whether it went through. */
  private async writeOnce(): Promise<boolean> {
    if (this.writing) {
      await this.writing;
      return true;
    }
    const batch = this.rows.splice(0, this.options.rowsAtOnce);
    if (batch.length === 0) return true;
    let isWritten = true;
    this.writing = Promise.resolve(this.options.write(batch)).then(
      () => {},
      (error: unknown) => {
        isWritten = false;
        this.rows.unshift(...batch);
        this.rows.splice(0, Math.max(0, this.rows.length - this.options.rowsMax));
        this.complain("rows could not be written; they are tried again", error);
      },
    );
    await this.writing;
    this.writing = undefined;
    if (this.rows.length > 0) this.schedule();
    return isWritten;
  }

  private complain(message: string, err?: unknown): void {
    count("adyton_late_rows_total", this.label);
    if (Math.abs(performance.now() - this.complainedAt) < complainEveryMs) return;
    this.complainedAt = performance.now();
    log().warn({ err, ...this.label }, message);
  }
}

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
  /** Where rows can be large: how large one is, and how large all that wait may be together. */
  sizeOf?: (row: Row) => number;
  sizeMax?: number;
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
  private size = 0;
  /** The last write failed: the next one waits for its time instead of being tried with every row. */
  private isResting = false;
  private complainedAt = Number.NEGATIVE_INFINITY;

  private readonly label: { writer: string };

  constructor(private readonly options: Options<Row>) {
    this.label = { writer: options.name };
  }

  add(row: Row): void {
    this.rows.push(row);
    this.size += this.sizeOf(row);
    if (this.dropOldest()) this.complain("rows are dropped: the database takes them too slowly");
    this.goOn();
  }

  /** Everything added so far is in the database when this ends, unless the database is away. */
  async flush(): Promise<void> {
    // Also while another flush is at the last rows: they are not in the database before it is through.
    while (this.rows.length > 0 || this.writing) if (!(await this.writeOnce())) return;
  }

  /** A full load goes at once, fewer rows wait for company. */
  private goOn(): void {
    const isFull = this.rows.length >= this.options.rowsAtOnce;
    if (isFull && !this.isResting && !this.writing) void this.writeOnce();
    else if (this.rows.length > 0) this.schedule();
  }

  private sizeOf = (row: Row): number => this.options.sizeOf?.(row) ?? 0;

  private dropOldest(): boolean {
    const { rowsMax, sizeMax = Number.POSITIVE_INFINITY } = this.options;
    let count = 0;
    while (this.rows.length - count > rowsMax || this.size > sizeMax) {
      this.size -= this.sizeOf(this.rows[count] as Row);
      count += 1;
    }
    if (count > 0) this.rows.splice(0, count);
    return count > 0;
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
    for (const row of batch) this.size -= this.sizeOf(row);
    let isWritten = true;
    this.writing = Promise.resolve(this.options.write(batch)).then(
      () => {},
      (error: unknown) => {
        isWritten = false;
        this.rows.unshift(...batch);
        for (const row of batch) this.size += this.sizeOf(row);
        this.dropOldest();
        this.complain("rows could not be written; they are tried again", error);
      },
    );
    await this.writing;
    this.writing = undefined;
    this.isResting = !isWritten;
    this.goOn();
    return isWritten;
  }

  private complain(message: string, err?: unknown): void {
    count("adyton_late_rows_total", this.label);
    if (Math.abs(performance.now() - this.complainedAt) < complainEveryMs) return;
    this.complainedAt = performance.now();
    log().warn({ err, ...this.label }, message);
  }
}

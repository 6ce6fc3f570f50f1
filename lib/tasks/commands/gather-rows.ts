import { AppError, type Fault, invalid } from "../../core/errors";
import type { Row } from "../../models/domain/encode-rows";
import type { LiveVersion } from "../../models/queries";
import { pieceLengthMax } from "../domain";
import { type RowFault, taskRowsMax } from "../schema";

export type NewPiece = { rows: number; input: string };

const faultsMax = 100;
/** So long the event loop is ours at a stretch, and so long it is then left to the calls of others. */
const stretchMs = 2;
const restMs = 4;

/**
 * Takes the rows of a task one by one, checks them with the reader that calls of the model use, and keeps them as the
 * JSON texts of pieces: never more than one piece of them is there as objects.
 */
export class Gathering {
  rows = 0;
  rowsFaulty = 0;
  /** Bytes of the JSON of one row. */
  longest = 0;
  readonly faults: RowFault[] = [];
  readonly pieces: NewPiece[] = [];
  /** How many rows each piece has, also where nothing of it is kept. */
  readonly sizes: number[] = [];
  private open: Row[] = [];
  private texts: string[] = [];
  private openLength = 0;
  private length = 0;
  private stretchedAt = performance.now();

  constructor(
    private readonly version: Pick<LiveVersion, "reader">,
    private readonly pieceRows: number,
    private readonly lengthMax: number,
  ) {}

  take(row: Row): void {
    this.count();
    const text = JSON.stringify(row);
    this.open.push(row);
    this.texts.push(text);
    this.openLength += text.length;
    this.longest = Math.max(this.longest, Buffer.byteLength(text));
    if (this.open.length >= this.pieceRows || this.openLength >= pieceLengthMax) this.close();
  }

  /** A row that could not even be read. */
  refuse(message: string, fix: string): void {
    this.close();
    this.count();
    this.rowsFaulty += 1;
    this.note(this.rows - 1, { pointer: "", message, fix });
  }

  /** Called between rows: now and then others come first. */
  async breathe(): Promise<void> {
    if (performance.now() - this.stretchedAt < stretchMs) return;
    await new Promise((resolve) => setTimeout(resolve, restMs));
    this.stretchedAt = performance.now();
  }

  /** No more rows: throws when any of them is not valid, or there is none. */
  finish(): void {
    this.close();
    if (this.rows === 0) throw invalid("/inputs", "There is no row.", "Send at least one row.");
  }

  private count(): void {
    this.rows += 1;
    if (this.rows > taskRowsMax)
      throw invalid(
        "/inputs",
        `A task has at most ${taskRowsMax} rows.`,
        "Send the rest of them as another task.",
      );
  }

  private close(): void {
    const { open, texts } = this;
    if (open.length === 0) return;
    const first = this.rows - open.length;
    [this.open, this.texts, this.openLength] = [[], [], 0];
    this.sizes.push(open.length);
    if (!this.check(open, first) || this.rowsFaulty > 0) {
      // Nothing of it will be stored.
      this.pieces.length = 0;
      return;
    }
    const input = `[${texts.join(",")}]`;
    this.length += input.length;
    if (this.length > this.lengthMax) throw new AppError("request.too_large", { detail: tooMuch });
    this.pieces.push({ rows: open.length, input });
  }

  private check(rows: Row[], first: number): boolean {
    const { isSingle } = this.version.reader;
    const whole = isSingle ? null : this.faultsOf(rows);
    if (!isSingle && whole === null) return true;
    const faultyBefore = this.rowsFaulty;
    for (const [index, row] of rows.entries()) {
      const found = this.faultsOf([row]);
      if (found === null) continue;
      this.rowsFaulty += 1;
      for (const fault of found) this.note(first + index, fault);
    }
    if (this.rowsFaulty > faultyBefore) return false;
    if (whole === null) return true;
    // Each for itself would do, and together they do not: some are lists of bare values and some are not.
    this.rowsFaulty += 1;
    for (const fault of whole) this.note(first, fault);
    return false;
  }

  /** Null: these can be taken. Pointers are below the row. */
  private faultsOf(rows: Row[]): Fault[] | null {
    try {
      this.version.reader.read(rows, true, rows.length);
      return null;
    } catch (error) {
      const { faults } = error as AppError;
      if (!faults) throw error;
      return faults.map((fault) => ({ ...fault, pointer: fault.pointer.replace(/^\/inputs\/\d+/, "") }));
    }
  }

  private note(index: number, { pointer, message, fix }: Fault): void {
    if (this.faults.length >= faultsMax) return;
    this.faults.push({ row: index + 1, pointer: `/inputs/${index}${pointer}`, message, fix });
  }
}

const tooMuch = "These rows are too many or too large for one task. Send them as several.";

/** The answer to rows of which some are not valid. */
export function rowsInvalid({ faults, rowsFaulty, rows }: Gathering): AppError {
  const [first] = faults;
  const which = rowsFaulty === 1 ? "One row" : `${rowsFaulty} rows`;
  return new AppError("task.rows_invalid", {
    detail: `${which} of ${rows} cannot be accepted. The first, row ${first?.row}: ${first?.message}`,
    faults,
    extra: { rows, rows_faulty: rowsFaulty },
  });
}

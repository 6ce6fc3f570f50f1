import { randomBase62 } from "../core/ids";
import { nowMs } from "../infra/clock";
import {
  NothingChanged,
  type Row,
  readAside,
  type Statement,
  type Write,
  writeAside,
} from "../infra/db/aside";
import { Prisma } from "../infra/db/generated/sqlite/client";
import { wholeParameter } from "../infra/db/json-rows";
import { env } from "../infra/env";

const retryMs = 50;
const newWriter = (): string => randomBase62(20);

/**
 * A server may write a transaction and be gone before it says so. Its batches are numbered in the same transaction:
 * one that is tried again and finds its number there is written already. A file answers or fails, without a doubt
 * between them, and needs none of this.
 */
export class WrittenBatches {
  private writer = newWriter();
  private last = 0;

  /** The answers of the statements; of a batch whose answers were lost null. */
  async write(statements: readonly Write[]): Promise<Row[][] | null> {
    if (env().database === "sqlite") return writeAside(statements);
    const number = this.last + 1;
    const numbered = [this.numberStatement(number), ...statements];
    try {
      const answers = await this.writeTwice(numbered, number);
      this.last = number;
      return answers === null ? null : answers.slice(1);
    } catch (error) {
      // Whether the number is there is not known now: a new name begins again.
      if (!(error instanceof NothingChanged)) {
        this.writer = newWriter();
        this.last = 0;
      }
      throw error;
    }
  }

  private async writeTwice(statements: readonly Write[], number: number): Promise<Row[][] | null> {
    try {
      return await writeAside(statements);
    } catch (error) {
      if (error instanceof NothingChanged) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    try {
      return await writeAside(statements);
    } catch (error) {
      if (error instanceof NothingChanged && (await this.isWritten(number))) return null;
      throw error;
    }
  }

  private numberStatement(number: number): Statement {
    return {
      sql: Prisma.sql`
        INSERT INTO usage_writers AS w (id, batch, at)
        VALUES (${this.writer}, ${wholeParameter(number)}, ${wholeParameter(nowMs())})
        ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, at = excluded.at
          WHERE w.batch = excluded.batch - 1
        RETURNING batch`,
      isRequired: true,
    };
  }

  private async isWritten(number: number): Promise<boolean> {
    const [row] = await readAside<{ batch: number }>(
      Prisma.sql`SELECT batch FROM usage_writers WHERE id = ${this.writer}`,
    );
    return row !== undefined && row.batch >= number;
  }
}

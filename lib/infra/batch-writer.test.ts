import { expect, test } from "vitest";
import { BatchWriter } from "./batch-writer";
import { renderMetrics } from "./metrics";

const writerInto = (written: number[][], options: { rowsAtOnce?: number; rowsMax?: number } = {}) =>
  new BatchWriter<number>({
    name: "numbers",
    write: async (rows) => void written.push([...rows]),
    afterMs: 5,
    rowsAtOnce: 10,
    rowsMax: 100,
    ...options,
  });

test("rows are written together, in order, without being asked for", async () => {
  const written: number[][] = [];
  const writer = writerInto(written);
  for (let row = 0; row < 5; row += 1) writer.add(row);
  await expect.poll(() => written).toEqual([[0, 1, 2, 3, 4]]);
});

test("after a flush everything added before it is written, in pieces no larger than allowed", async () => {
  const written: number[][] = [];
  const writer = writerInto(written);
  for (let row = 0; row < 35; row += 1) writer.add(row);
  await writer.flush();
  expect(written.flat()).toEqual(Array.from({ length: 35 }, (_, row) => row));
  expect(Math.max(...written.map((rows) => rows.length))).toBe(10);
});

test("of several flushes at once none ends before the rows are written", async () => {
  let isWritten = false;
  const writer = new BatchWriter<number>({
    name: "slow",
    write: async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      isWritten = true;
    },
    afterMs: 1_000,
    rowsAtOnce: 10,
    rowsMax: 100,
  });
  writer.add(1);
  const flushed = [writer.flush(), writer.flush(), writer.flush()].map((each) => each.then(() => isWritten));
  expect(await Promise.all(flushed)).toEqual([true, true, true]);
});

test("two writes never overlap", async () => {
  let running = 0;
  let most = 0;
  const writer = new BatchWriter<number>({
    name: "slow",
    write: async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 3));
      running -= 1;
    },
    afterMs: 1,
    rowsAtOnce: 2,
    rowsMax: 100,
  });
  for (let row = 0; row < 20; row += 1) writer.add(row);
  await Promise.all([writer.flush(), writer.flush()]);
  expect(most).toBe(1);
});

test("what could not be written is written later, once and in order", async () => {
  const written: number[][] = [];
  let isAway = true;
  const writer = new BatchWriter<number>({
    name: "away",
    write: async (rows) => {
      if (isAway) throw new Error("away");
      written.push([...rows]);
    },
    afterMs: 5,
    rowsAtOnce: 10,
    rowsMax: 100,
  });
  for (let row = 0; row < 15; row += 1) writer.add(row);
  await writer.flush();
  expect(written).toEqual([]);
  isAway = false;
  writer.add(15);
  await writer.flush();
  expect(written.flat()).toEqual(Array.from({ length: 16 }, (_, row) => row));
});

// Seen failing: without the shift in `add` all 50 wait.
test("beyond the bound the oldest are lost, and a metric says so", async () => {
  const written: number[][] = [];
  let isAway = true;
  const writer = new BatchWriter<number>({
    name: "flooded",
    write: async (rows) => {
      if (isAway) throw new Error("away");
      written.push([...rows]);
    },
    afterMs: 1_000,
    rowsAtOnce: 100,
    rowsMax: 20,
  });
  for (let row = 0; row < 50; row += 1) writer.add(row);
  isAway = false;
  await writer.flush();
  expect(written.flat()).toEqual(Array.from({ length: 20 }, (_, row) => row + 30));
  expect(renderMetrics()).toContain('adyton_late_rows_total{writer="flooded"} 30');
});

test("large rows are bounded by their size together, and the newest stay", async () => {
  const written: string[] = [];
  let isAway = true;
  const writer = new BatchWriter<string>({
    name: "texts",
    write: async (rows) => {
      if (isAway) throw new Error("away");
      written.push(...rows);
    },
    afterMs: 1_000,
    rowsAtOnce: 2,
    rowsMax: 100,
    sizeOf: (text) => text.length,
    sizeMax: 10,
  });
  for (const text of ["aaaa", "bbbb", "cccc", "dddd"]) writer.add(text);
  await writer.flush();
  isAway = false;
  await writer.flush();
  expect(written).toEqual(["cccc", "dddd"]);
});

test("while the database is away it is asked from time to time, not with every row", async () => {
  let asked = 0;
  const writer = new BatchWriter<number>({
    name: "numbers",
    write: async () => {
      asked += 1;
      throw new Error("away");
    },
    afterMs: 60_000,
    rowsAtOnce: 2,
    rowsMax: 1_000,
  });
  for (let row = 0; row < 100; row += 1) {
    writer.add(row);
    await Promise.resolve();
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBe(1);
});

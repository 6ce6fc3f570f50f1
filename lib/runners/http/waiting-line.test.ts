import { describe, expect, test } from "vitest";
import { WaitingLine } from "./waiting-line";

const forever = new AbortController().signal;

describe("WaitingLine", () => {
  test("lets in as many as there are places, then in the order in which they came", async () => {
    const line = new WaitingLine(2);
    const order: number[] = [];
    const calls = [1, 2, 3, 4].map((call) => line.enter(10, forever).then(() => order.push(call)));
    await Promise.all(calls.slice(0, 2));
    expect([order, line.running, line.queued]).toEqual([[1, 2], 2, 2]);
    line.leave();
    await calls[2];
    line.leave();
    await calls[3];
    expect([order, line.running, line.queued]).toEqual([[1, 2, 3, 4], 2, 0]);
    line.leave();
    line.leave();
    expect(line.running).toBe(0);
  });

  test("refuses with model.busy when too many wait", async () => {
    const line = new WaitingLine(1);
    await line.enter(1, forever);
    const second = line.enter(1, forever);
    await expect(line.enter(1, forever)).rejects.toMatchObject({ code: "model.busy", retryAfterSeconds: 1 });
    line.leave();
    await second;
  });

  test("who gives up makes room and is never called", async () => {
    const line = new WaitingLine(1);
    await line.enter(1, forever);
    const patience = new AbortController();
    const second = line.enter(1, patience.signal);
    patience.abort(new Error("gone"));
    await expect(second).rejects.toThrow("gone");
    expect(line.queued).toBe(0);
    const third = line.enter(1, forever);
    line.leave();
    await third;
    expect(line.running).toBe(1);
  });

  test("a signal that was raised before is not let in", async () => {
    const line = new WaitingLine(1);
    await expect(line.enter(1, AbortSignal.abort(new Error("gone")))).rejects.toThrow("gone");
    expect(line.running).toBe(0);
  });
});

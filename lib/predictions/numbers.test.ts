import { expect, test } from "vitest";
import { modelNumbers, noteCall } from "./numbers";

test("a model that was never called has counted nothing", () => {
  expect(modelNumbers("mdl_none")).toMatchObject({ calls: 0, errors: 0, rows: 0, p50Ms: null, p95Ms: null });
});

test("calls, errors and the rows that were answered are counted for each model by itself", () => {
  noteCall("mdl_one", 3, 10, false);
  noteCall("mdl_one", 5, 20, true);
  noteCall("mdl_other", 1, 1, false);
  expect(modelNumbers("mdl_one")).toMatchObject({ calls: 2, errors: 1, rows: 3, p50Ms: 10, p95Ms: 20 });
});

test("half of the calls took at most p50, and 95 of 100 at most p95", () => {
  for (let ms = 100; ms >= 1; ms -= 1) noteCall("mdl_hundred", 1, ms, false);
  expect(modelNumbers("mdl_hundred")).toMatchObject({ p50Ms: 50, p95Ms: 95 });
});

test("only the newest calls decide the times, and all of them the counts", () => {
  for (let call = 0; call < 1024; call += 1) noteCall("mdl_many", 1, 1000, false);
  for (let call = 0; call < 1024; call += 1) noteCall("mdl_many", 1, 2, false);
  expect(modelNumbers("mdl_many")).toMatchObject({ calls: 2048, rows: 2048, p50Ms: 2, p95Ms: 2 });
});

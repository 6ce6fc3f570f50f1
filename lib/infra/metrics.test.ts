import { beforeEach, expect, test } from "vitest";
import { count, gauge, renderMetrics } from "./metrics";
import { takeSingleton } from "./singleton";

beforeEach(() => void takeSingleton("metrics"));

test("without metrics there is nothing to read", () => expect(renderMetrics()).toBe(""));

test("counters add up per pair of labels, gauges are read when asked, names come in order", () => {
  let open = 1;
  gauge("adyton_open", () => open);
  count("adyton_calls_total", { outcome: "refused" });
  count("adyton_calls_total", { outcome: "accepted" });
  count("adyton_calls_total", { outcome: "refused" });
  count("adyton_starts_total");
  open = 2.5;
  expect(renderMetrics()).toBe(
    [
      "# TYPE adyton_calls_total counter",
      'adyton_calls_total{outcome="refused"} 2',
      'adyton_calls_total{outcome="accepted"} 1',
      "# TYPE adyton_open gauge",
      "adyton_open 2.5",
      "# TYPE adyton_starts_total counter",
      "adyton_starts_total 1",
      "",
    ].join("\n"),
  );
});

test("a label cannot break out of its quotes", () => {
  count("adyton_calls_total", { path: 'a"b\\c\nd' });
  expect(renderMetrics()).toContain('adyton_calls_total{path="a\\"b\\\\c\\nd"} 1\n');
});

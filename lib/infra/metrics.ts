import { singleton } from "./singleton";

type Labels = Record<string, string>;
type Metric = { kind: "counter"; values: Map<string, number> } | { kind: "gauge"; read: () => number };

const registry = () => singleton("metrics", () => new Map<string, Metric>());

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

const labelTexts = new WeakMap<Labels, string>();

/** Made once for labels that are the same object every time, as those of the hot path are. */
function labelText(labels: Labels): string {
  let text = labelTexts.get(labels);
  if (text === undefined) {
    const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
    text = pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
    labelTexts.set(labels, text);
  }
  return text;
}

/** Adds one. Labels are for a handful of known values, never for what a caller sent: each pair lives forever. */
export function count(name: string, labels: Labels = {}): void {
  let metric = registry().get(name);
  if (metric?.kind !== "counter") {
    metric = { kind: "counter", values: new Map() };
    registry().set(name, metric);
  }
  const key = labelText(labels);
  metric.values.set(key, (metric.values.get(key) ?? 0) + 1);
}

/** A value that is read when somebody asks. */
export function gauge(name: string, read: () => number): void {
  registry().set(name, { kind: "gauge", read });
}

/** Everything in the text format 0.0.4 of Prometheus. */
export function renderMetrics(): string {
  return [...registry()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, metric]) => {
      const values = metric.kind === "counter" ? [...metric.values] : [["", metric.read()] as const];
      const lines = values.map(([labels, value]) => `${name}${labels} ${value}\n`);
      return `# TYPE ${name} ${metric.kind}\n${lines.join("")}`;
    })
    .join("");
}

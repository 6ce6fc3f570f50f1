import { cpus, totalmem } from "node:os";
import { green, red } from "../steps.mjs";

const whole = (number) => Math.round(number).toLocaleString("en");
const ms = (number) => (number < 10 ? number.toFixed(1) : number.toFixed(0));
const times = (number) => (number < 10 ? number.toFixed(2) : number.toFixed(1));

const columns = [
  ["", (row) => row.name],
  ["connections", (row) => String(row.connections)],
  ["calls/s", (row) => whole(row.rate)],
  ["x bare Next", (row) => times(row.rate / row.bareRate)],
  ["x node:http", (row) => times(row.rate / row.floorRate)],
  ["CPU us", (row) => whole(row.cpuUs)],
  ["p50 ms", (row) => ms(row.p50)],
  ["p95 ms", (row) => ms(row.p95)],
  ["p99 ms", (row) => ms(row.p99)],
  ["loop ms", (row) => ms(row.loopMs)],
  ["errors", (row) => whole(row.errors)],
  ["memory MB", (row) => whole(row.memory)],
];

export const machine = () =>
  `${cpus()[0]?.model.trim()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;

/** In the form of Markdown, so that it can be pasted as it is. */
export function table(rows) {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, text]) => text(row)))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  const written = lines.map(
    (line) =>
      `| ${line.map((text, index) => (index === 0 ? text.padEnd(widths[0]) : text.padStart(widths[index]))).join(" | ")} |`,
  );
  const rule = `|${widths.map((width, index) => (index === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [written[0], rule, ...written.slice(1)].join("\n");
}

/** Each: what is hoped for, what it came to, and whether that is as hoped. */
export const targetLine = ({ hope, found, isMet }) =>
  `  ${isMet ? green("met   ") : red("missed")}  ${hope}: ${found}`;

export { ms, times };

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";

/** Node and the runtime as files in memory, which all their processes share. */
const programBytes = 64 * 1_048_576;

/**
 * How much memory a process has for itself, told to `heard` in bytes: at once on Linux, a moment later elsewhere,
 * where it is not told apart from what it shares with others.
 */
export function readMemory(pid: number, heard: (bytes: number) => void): void {
  if (process.platform === "linux") {
    const status = statusOf(pid);
    const kibibytes = sizeOf("VmRSS", status) - sizeOf("RssFile", status);
    if (kibibytes > 0) heard(kibibytes * 1024);
    return;
  }
  execFile("ps", ["-o", "rss=", "-p", String(pid)], (error, output) => {
    const bytes = Number.parseInt(output, 10) * 1024;
    if (!error && bytes > 0) heard(Math.max(0, bytes - programBytes));
  });
}

const sizeOf = (name: string, status: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "latin1");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

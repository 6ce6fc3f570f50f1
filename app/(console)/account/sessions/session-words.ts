import type { SessionKind } from "@/lib/sessions/domain";

/** "Firefox on Windows", "Python program": what its owner knows a session by. */
export function nameOfSession({ kind, device }: { kind: SessionKind; device: string }): string {
  if (kind === "browser") return device;
  if (kind === "proxy") return "By the web server in front";
  return device === "Unknown device" ? "A program" : `${device} program`;
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { deviceName, isLive, isUsableKey } from "./domain";

const at = new Date("2026-11-21T12:00:00Z");
const later = (ms: number) => new Date(at.getTime() + ms);
const session = { kind: "browser", lastSeenAt: at, expiresAt: later(10_000), endedAt: null };

test.each<[string, Partial<Omit<typeof session, "endedAt">> & { endedAt?: Date }, number, boolean]>([
  ["just begun", {}, 0, true],
  ["just before the idle time is over", {}, 4_999, true],
  ["when the idle time is over", {}, 5_000, false],
  ["just before the absolute end", { lastSeenAt: later(9_000) }, 9_999, true],
  ["at the absolute end", { lastSeenAt: later(9_000) }, 10_000, false],
  ["ended", { endedAt: at }, 0, false],
])("a session %s", (_name, change, ms, expected) => {
  expect(isLive({ ...session, ...change }, 5_000, later(ms))).toBe(expected);
});

// Seen failing: with the question for the kind removed from isLive().
test("a program's session has no idle time, only an end", () => {
  for (const kind of ["api", "key"]) {
    expect(isLive({ ...session, kind }, 5_000, later(9_999))).toBe(true);
    expect(isLive({ ...session, kind }, 5_000, later(10_000))).toBe(false);
    expect(isLive({ ...session, kind, endedAt: at }, 5_000, at)).toBe(false);
  }
});

test.each<[string, Partial<Record<"revokedAt" | "frozenAt" | "expiresAt", Date>>, boolean]>([
  ["nothing was done to", {}, true],
  ["that ends a moment later", { expiresAt: later(1) }, true],
  ["that ends now", { expiresAt: at }, false],
  ["that was revoked", { revokedAt: at }, false],
  ["that was frozen", { frozenAt: at }, false],
  ["that was revoked by a clock that runs ahead", { revokedAt: later(60_000) }, false],
])("whether a key %s is usable", (_name, change, expected) => {
  const key = { revokedAt: null, frozenAt: null, expiresAt: null };
  expect(isUsableKey({ ...key, ...change }, at)).toBe(expected);
});

test("no session outlives its absolute end or its idle time", () => {
  const time = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(time, time, time, time, (lastSeen, expires, idle, now) => {
      const row = { kind: "browser", lastSeenAt: later(lastSeen), expiresAt: later(expires), endedAt: null };
      expect(isLive(row, idle, later(now))).toBe(now < expires && now < lastSeen + idle);
    }),
  );
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
    "Chrome on Windows",
  ],
  ["Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605.1.15", "Safari on macOS"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari on iPhone"],
  ["Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"],
  ["curl/8.5.0", "curl"],
  ["", "Unknown device"],
  ["<script>alert(1)</script>", "Unknown device"],
])("%s is shown as %s", (userAgent, name) => expect(deviceName(userAgent)).toBe(name));

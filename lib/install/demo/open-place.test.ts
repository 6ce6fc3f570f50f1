import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { env, SetupError } from "../../infra/env";
import { takeSingleton } from "../../infra/singleton";
import { useSettings } from "../../testing/environment";
import { assertDemoMayRun, clearDemo } from "./open-place";

let place: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), "adyton-demo-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function refusal(settings: Record<string, string> = {}): string {
  takeSingleton("env");
  useSettings({ DEMO_MODE: "true", DATA_DIR: place, ...settings });
  try {
    assertDemoMayRun();
    return "";
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message;
  }
}

test.each(["adyton.db", "secrets.json"])("a demo refuses to run beside real data (%s)", (name) => {
  expect(refusal()).toBe("");
  writeFileSync(path.join(place, name), "");
  expect(refusal()).toContain("does not run beside real data");
  expect(refusal({ DEMO_MODE: "false" })).toBe("");
});

test("it takes no database of somebody else", () => {
  expect(refusal({ DATABASE_URL: "file:/tmp/x.db" })).toContain("DATABASE_URL must be left out");
});

test("it refuses where others can reach it, unless that is said to be wanted", () => {
  const reachable: Record<string, string>[] = [
    { BASE_URL: "https://demo.example.org" },
    { BASE_URL: "http://192.0.2.7:3000" },
    { HOST: "0.0.0.0" },
  ];
  for (const settings of reachable) {
    expect(refusal(settings)).toContain("DEMO_MODE_PUBLIC=true");
    expect(refusal({ ...settings, DEMO_MODE_PUBLIC: "true" })).toBe("");
  }
  expect(refusal({ BASE_URL: "http://localhost:4000", HOST: "::1" })).toBe("");
});

test("it removes what an earlier demo left, and never a folder that none made", () => {
  expect(refusal()).toBe("");
  clearDemo();
  const { dataDir } = env();
  writeFileSync(path.join(dataDir, "adyton.db"), "");
  expect(refusal()).toBe("");
  clearDemo();
  expect(readdirSync(dataDir)).toEqual(["made-up.txt"]);
  rmSync(dataDir, { recursive: true });
  mkdirSync(dataDir);
  writeFileSync(path.join(dataDir, "holiday.jpg"), "");
  expect(refusal()).toContain("was not made by a demo");
  expect(existsSync(path.join(dataDir, "holiday.jpg"))).toBe(true);
});

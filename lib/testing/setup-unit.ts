import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { useSettings } from "./environment";

const folder = mkdtempSync(path.join(tmpdir(), "adyton-unit-"));
useSettings({ DATA_DIR: path.join(folder, "data"), LOG_LEVEL: "silent" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

import { existsSync, readdirSync, utimesSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { dayMs } from "../../core/time";
import { db } from "../../infra/db/client";
import { env } from "../../infra/env";
import { makeModelFile } from "../../testing/factories";
import { adderModel } from "../../testing/onnx-models";
import { inProcesses } from "../../testing/processes";
import { fileBytes } from "../files";
import { removeUnusedFiles } from "./remove-unused-files";

const folder = () => path.join(env().dataDir, "models");

test("a process killed between naming a file and recording it harms nobody; what it left is removed later", async () => {
  const dying = inProcesses(1, {
    imports: `
      import { audited } from "./lib/audit/commands/audited";
      import { systemActor } from "./lib/core/actor";
      import { placeFile, receiveFile } from "./lib/models/files";
      import { adderModel } from "./lib/testing/onnx-models";
      async function* body() { yield adderModel(); }`,
    lines: `
      const received = await receiveFile({ body: body(), bytes: null, sha256: null });
      await audited(systemActor("test"), async () => {
        await placeFile(received);
        process.kill(process.pid, "SIGKILL");
        await new Promise(() => {});
      });`,
  });
  await expect(dying).rejects.toThrow("ended");
  const [left = ""] = readdirSync(folder());
  expect(left).toMatch(/^[0-9a-f]{64}$/);
  expect(await db().auditEvent.count()).toBe(0);

  const old = new Date(Date.now() - 2 * dayMs);
  utimesSync(path.join(folder(), left), old, old);
  await removeUnusedFiles();
  expect(existsSync(path.join(folder(), left))).toBe(false);

  const { sha256 } = await makeModelFile(adderModel());
  expect([sha256, await fileBytes(sha256)]).toEqual([left, adderModel().byteLength]);
});

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classifierModel } from "../../lib/testing/onnx-models";
import type { Client } from "../support/client";
import { signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

const address = "/api/v1/admin/model-files";
const octets = { "content-type": "application/octet-stream" };

/** Larger than what Next hands on to a handler behind a middleware, which is 10 MB. */
const largeModel = (): Buffer => {
  const weights = Array.from({ length: 1_500 }, (_, row) =>
    Array.from({ length: 2_000 }, (_, column) => Math.sin(row * 2_000 + column)),
  );
  return Buffer.from(classifierModel({ weights, bias: Array(2_000).fill(0) }));
};

const memoryMb = ({ pid }: Host): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

// Seen failing: "next", with the address of uploads in the matcher of middleware.ts.
describe.each(["server", "next"] as const)("a model file that is uploaded to the host %s", (kind) => {
  let host: Host;
  let admin: Client;
  beforeAll(async () => {
    host = await startHost({ kind });
    admin = await signInAdmin(host);
  });
  afterAll(() => host?.stop());

  const files = () => readdirSync(path.join(host.dataDir, "models")).sort();

  test("arrives whole, however large", async () => {
    const file = largeModel();
    const sha256 = createHash("sha256").update(file).digest("hex");
    expect(file.byteLength).toBeGreaterThan(11_000_000);
    const headers = { ...octets, "x-content-sha256": sha256 };
    const answer = await admin.send("POST", address, { headers, body: file });
    expect([answer.status, answer.json()]).toEqual([
      201,
      expect.objectContaining({ sha256, bytes: file.byteLength }),
    ]);
    expect(statSync(path.join(host.dataDir, "models", sha256)).size).toBe(file.byteLength);
  });

  // Seen failing: with each piece raced against one promise for all of them.
  test("is never held in memory as a whole, and leaves nothing behind when it is no model", async () => {
    const before = { files: files(), memory: memoryMb(host) };
    const body = Buffer.alloc(200_000_000, 1);
    const answer = await admin.send("POST", address, { headers: octets, body });
    expect([answer.status, answer.code]).toEqual([422, "model.file_unusable"]);
    expect(files()).toEqual(before.files);
    expect(memoryMb(host) - before.memory).toBeLessThan(120);
  });

  test("is refused from strangers and by other methods, as everywhere", async () => {
    const body = Buffer.alloc(1_000_000, 1);
    expect((await host.client().send("POST", address, { headers: octets, body })).status).toBe(401);
    expect((await host.client().send("GET", address)).status).toBe(405);
    expect(
      (await host.client().send("PUT", address, { headers: octets, body: Buffer.alloc(10) })).status,
    ).toBe(405);
  });
});

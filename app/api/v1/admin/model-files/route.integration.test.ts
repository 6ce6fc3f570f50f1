import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import path from "node:path";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { dayMs } from "@/lib/core/time";
import { db } from "@/lib/infra/db/client";
import { env } from "@/lib/infra/env";
import { removeUnusedFiles } from "@/lib/models/commands/remove-unused-files";
import { modelFile, receiveFile } from "@/lib/models/files";
import type { fileView } from "@/lib/models/schema";
import { useDatabase } from "@/lib/testing/database";
import { door } from "@/lib/testing/door";
import { flowerModel, makeAdmin, makeModel, type SignedIn, signedIn } from "@/lib/testing/factories";
import { adderModel, sequenceModel } from "@/lib/testing/onnx-models";
import { api, type Problem } from "@/lib/testing/request";
import { POST } from "./route";

type File = z.infer<typeof fileView>;

const bytesMax = 100_000;
const address = "/api/v1/admin/model-files";
const octets = { "content-type": "application/octet-stream" };
const sha256 = (file: Uint8Array) => createHash("sha256").update(file).digest("hex");

let admin: SignedIn;
beforeAll(async () => {
  await useDatabase({ settings: { MODEL_BYTES_MAX: String(bytesMax) } });
  admin = await signedIn(await makeAdmin());
});

const upload = (body: unknown, headers: Record<string, string> = {}) =>
  api<File & Problem>("POST", address, { as: admin, body, headers: { ...octets, ...headers } });

const folder = () => path.join(env().dataDir, "models");
const names = () => (existsSync(folder()) ? readdirSync(folder()) : []);
const parts = () => names().filter((name) => name.endsWith(".part"));
const madeOld = (file: string) =>
  utimesSync(file, new Date(Date.now() - 2 * dayMs), new Date(Date.now() - 2 * dayMs));

/** Pieces that come in one after the other, and then perhaps no end. */
function inPieces(pieces: Uint8Array[], end: "closed" | Error = "closed"): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else if (end === "closed") controller.close();
      else controller.error(end);
    },
  });
}

describe("POST /admin/model-files", () => {
  test("201: what goes in and comes out, and the file is there under its SHA-256, for this user only", async () => {
    const file = flowerModel();
    const { status, body } = await upload(file, { "x-content-sha256": sha256(file).toUpperCase() });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      sha256: sha256(file),
      bytes: file.byteLength,
      inputs: [{ name: "measurements", datatype: "FP32", shape: [-1, 4] }],
      outputs: [
        { name: "species", datatype: "INT64", shape: [-1] },
        { name: "probabilities", datatype: "FP32", shape: [-1, 3] },
      ],
      signature: { columns: [{ name: "x1" }, { name: "x2" }, { name: "x3" }, { name: "x4" }] },
    });
    expect(readFileSync(modelFile(body.sha256)).equals(file)).toBe(true);
    expect(statSync(modelFile(body.sha256)).mode & 0o777).toBe(0o600);
    expect(await db().auditEvent.findFirst({ where: { action: "model.file_uploaded" } })).toMatchObject({
      actorId: admin.user.id,
      objectLabel: sha256(file),
    });
  });

  test("201: the same file twice is one file", async () => {
    const file = adderModel();
    const [first, second] = await Promise.all([upload(file), upload(file)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(names().filter((name) => name === sha256(file))).toHaveLength(1);
    expect(parts()).toEqual([]);
  });

  // Seen failing: with no comparison of the digests.
  test("422 when the digest is not that of the announced file; 422 for what is no digest", async () => {
    const file = flowerModel();
    const other = await upload(file, { "x-content-sha256": sha256(adderModel()) });
    expect([other.status, other.body.code]).toEqual([422, "model.digest_mismatch"]);
    const none = await upload(file, { "x-content-sha256": "abc" });
    expect([none.status, none.body.errors?.[0]?.pointer]).toEqual([422, "/x-content-sha256"]);
    expect(parts()).toEqual([]);
  });

  // Seen failing: with no bound while the body comes in.
  test("413 above the bound, whether it was announced or not; nothing is kept", async () => {
    const before = names();
    const announced = await upload(new Uint8Array(10), { "content-length": String(bytesMax + 1) });
    expect([announced.status, announced.body.code]).toEqual([413, "request.too_large"]);
    const pieces = Array.from({ length: 20 }, () => new Uint8Array(bytesMax / 10));
    const unannounced = await upload(inPieces(pieces));
    expect([unannounced.status, unannounced.body.code]).toEqual([413, "request.too_large"]);
    // It was left as soon as it was too large.
    expect(pieces.length).toBeGreaterThan(5);
    expect(names()).toEqual(before);
  });

  // Seen failing: with no comparison of the lengths.
  test("400 for an upload that breaks off, in whatever way; nothing is kept", async () => {
    const before = names();
    const file = flowerModel();
    const half = file.subarray(0, file.byteLength / 2);
    const short = await upload(inPieces([half]), { "content-length": String(file.byteLength) });
    expect([short.status, short.body.code]).toEqual([400, "request.malformed"]);
    const broken = await upload(inPieces([half], new Error("aborted")));
    expect([broken.status, broken.body.code]).toEqual([400, "request.malformed"]);
    expect((await upload(inPieces([]))).status).toBe(400);
    expect(names()).toEqual(before);
  });

  // Seen failing: with the file opened by the stream, which may still be at it when the part is removed.
  test("of uploads that break off before anything came, none leaves a file behind", async () => {
    const before = names();
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield* [];
      throw new Error("aborted");
    };
    for (let round = 0; round < 300; round += 1) {
      const received = receiveFile({ body: breaking(), bytes: null, sha256: null });
      await expect(received).rejects.toMatchObject({ code: "request.malformed" });
    }
    // What was still being opened has been by now.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(names()).toEqual(before);
  });

  test("400 for a connection that closes in the middle, with the stream of a real host", async () => {
    const before = names();
    const statuses: number[] = [];
    const answered = door();
    const server = createServer(async (incoming, outgoing) => {
      const request = {
        method: "POST",
        url: `http://localhost${address}`,
        headers: headersOf(incoming.headers),
      };
      const answer = await POST({ ...request, body: incoming } as unknown as Request, { params: {} });
      statuses.push(answer.status);
      outgoing.destroy();
      answered.open();
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.write(
      `POST ${address} HTTP/1.1\r\nhost: x\r\ncookie: ${admin.cookie}\r\norigin: ${env().baseUrl}\r\n` +
        "content-type: application/octet-stream\r\ncontent-length: 5000\r\n\r\nbegin",
    );
    setTimeout(() => socket.destroy(), 200);
    await answered.opened;
    server.close();
    expect(statuses).toEqual([400]);
    expect(names()).toEqual(before);
  });

  test("422 for what is no model that can be used, with the reason; nothing is kept", async () => {
    const before = names();
    const files = [
      Buffer.from("not a model"),
      Buffer.alloc(1000),
      flowerModel().subarray(0, 200),
      sequenceModel(),
    ];
    for (const file of files) {
      const { status, body } = await upload(file);
      expect([status, body.code]).toEqual([422, "model.file_unusable"]);
      expect(body.detail.length).toBeGreaterThan(20);
    }
    expect(names()).toEqual(before);
  });

  test("415 for anything but plain bytes", async () => {
    const others: Record<string, string>[] = [
      { "content-type": "application/json" },
      { "content-type": "multipart/form-data; boundary=x" },
      { "content-encoding": "gzip" },
    ];
    for (const headers of others) expect((await upload(flowerModel(), headers)).status).toBe(415);
  });

  test("503 with Retry-After for one too many at a time; the others are not disturbed", async () => {
    const file = adderModel();
    const gate = door();
    const slow = () =>
      Readable.toWeb(
        Readable.from(
          (async function* () {
            yield file.subarray(0, 10);
            await gate.opened;
            yield file.subarray(10);
          })(),
        ),
      );
    const running = [upload(slow()), upload(slow()), upload(slow())];
    await expect.poll(() => parts().length, { timeout: 10_000 }).toBe(3);
    const refused = await upload(file);
    expect([refused.status, refused.body.code]).toEqual([503, "service.unavailable"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    gate.open();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await upload(file)).status).toBe(201);
  });
});

describe("files that nobody uses", () => {
  // Seen failing: with files in use not left out.
  test("are removed after a day, with what is left of uploads; those of versions stay", async () => {
    const { stable } = await makeModel();
    const unused = (await upload(adderModel())).body.sha256;
    const used = stable.file ?? "";
    const left = path.join(folder(), "broken0ff.part");
    const young = path.join(folder(), "y0ung.part");
    for (const file of [left, young]) writeFileSync(file, "begin");
    await removeUnusedFiles();
    expect([used, modelFile(unused), left, young].map(existsSync)).toEqual([true, true, true, true]);
    for (const file of [used, modelFile(unused), left]) madeOld(file);
    await removeUnusedFiles();
    expect([used, modelFile(unused), left, young].map(existsSync)).toEqual([true, false, false, true]);
  });

  test("and those of a deleted model a day after its deletion", async () => {
    const file = adderModel();
    const { name, stable } = await makeModel({ file });
    madeOld(stable.file ?? "");
    await api("DELETE", `/api/v1/admin/models/${name}`, { as: admin });
    await removeUnusedFiles();
    expect(existsSync(stable.file ?? "")).toBe(true);
    await db().model.update({ where: { name }, data: { deletedAt: new Date(Date.now() - 2 * dayMs) } });
    await removeUnusedFiles();
    expect(existsSync(stable.file ?? "")).toBe(false);
  });

  test("uploading one again makes it young", async () => {
    const file = adderModel();
    const { sha256: name } = (await upload(file)).body;
    madeOld(modelFile(name));
    await upload(file);
    await removeUnusedFiles();
    expect(existsSync(modelFile(name))).toBe(true);
  });
});

describe("what a disk or a sender can do", () => {
  // Seen failing: with the next piece awaited for ever.
  test("400 for a sender that falls silent; the place is free again", async () => {
    const before = names();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(10)) });
      let refusal: unknown;
      receiveFile({ body: body.values(), bytes: null, sha256: null }).catch((error: unknown) => {
        refusal = error;
      });
      while (refusal === undefined) {
        await vi.advanceTimersByTimeAsync(1_000);
        await setImmediate();
      }
      expect(refusal).toMatchObject({ code: "request.malformed" });
      expect(names()).toEqual(before);
    } finally {
      vi.useRealTimers();
    }
  });

  test("503 for more than there is room for, before anything is written", async () => {
    const most = String(2 ** 40);
    await useDatabase({ settings: { MODEL_BYTES_MAX: most } });
    const as = await signedIn(await makeAdmin());
    const headers = { ...octets, "content-length": most };
    const answer = await api("POST", address, { as, headers, body: new Uint8Array(10) });
    expect([answer.status, answer.body.code, names()]).toEqual([503, "service.unavailable", []]);
    expect(answer.body.detail).toContain("room");
  });
});

const headersOf = (headers: Record<string, string | string[] | undefined>): Headers =>
  new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));

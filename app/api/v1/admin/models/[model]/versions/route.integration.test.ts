import { rmSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { db } from "@/lib/infra/db/client";
import { modelFile } from "@/lib/models/files";
import type { adminModelView, versionListView, versionView } from "@/lib/models/schema";
import {
  flowerSignature,
  makeAdmin,
  makeModel,
  makeModelFile,
  type SignedIn,
  signedIn,
} from "@/lib/testing/factories";
import { adderModel } from "@/lib/testing/onnx-models";
import { inProcesses } from "@/lib/testing/processes";
import { api, type Problem } from "@/lib/testing/request";

type Version = z.infer<typeof versionView>;
type Versions = z.infer<typeof versionListView>;
type Model = z.infer<typeof adminModelView>;

const models = "/api/v1/admin/models";

let admin: SignedIn;
let adder: string;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin());
  ({ sha256: adder } = await makeModelFile(adderModel()));
});

const add = (name: string, body: object) =>
  api<Version & Problem>("POST", `${models}/${name}/versions`, { as: admin, body });
const addFile = (name: string, change: object = {}) =>
  add(name, { source: { kind: "file", sha256: adder }, ...change });
const list = async (name: string) =>
  (await api<Versions>("GET", `${models}/${name}/versions`, { as: admin })).body.items;
const promote = (name: string, body: object) =>
  api<Model & Problem>("POST", `${models}/${name}/promote`, { as: admin, body });
const used = async (name: string) => {
  const { version, next_version } = (await api<Model>("GET", `${models}/${name}`, { as: admin })).body;
  return [version, next_version];
};
const eventsOf = async (name: string) =>
  (await db().auditEvent.findMany({ where: { objectLabel: name }, orderBy: { position: "asc" } })).map(
    ({ action, detail }) => ({ action, detail: JSON.parse(detail) }),
  );

describe("POST /admin/models/{model}/versions", () => {
  test("201: the next number, from another file; nobody gets it who does not ask for it", async () => {
    const { name } = await makeModel();
    const { status, body } = await addFile(name, { note: "Another kind of model" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: 2,
      runner: "onnx",
      file: { sha256: adder, bytes: adderModel().byteLength },
      upstream: null,
      inputs: [{ name: "a" }, { name: "b" }],
      note: "Another kind of model",
      created_by: admin.user.email,
      is_stable: false,
      is_next: false,
    });
    expect((await list(name)).map(({ number, is_stable }) => [number, is_stable])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect((await eventsOf(name)).at(-1)).toMatchObject({
      action: "model.version_created",
      detail: { version: 2, sha256: adder },
    });
  });

  test("201: it can come into use at once, or be put on trial", async () => {
    const { name } = await makeModel();
    expect((await addFile(name, { becomes: "next" })).body.is_next).toBe(true);
    expect(await used(name)).toEqual([1, 2]);
    expect((await addFile(name, { becomes: "stable" })).body.is_stable).toBe(true);
    expect(await used(name)).toEqual([3, 2]);
    expect((await eventsOf(name)).slice(-1)).toEqual([
      { action: "model.promoted", detail: { stable: { before: 1, after: 3 } } },
    ]);
  });

  test("201: the file of a version with other names, or the same", async () => {
    const { name } = await makeModel({ signature: null });
    const renamed = await add(name, { source: { kind: "version", number: 1 }, signature: flowerSignature });
    expect([renamed.body.number, renamed.body.signature.columns?.[0]?.name]).toEqual([2, "sepal_length"]);
    const same = await add(name, { source: { kind: "version", number: 2 } });
    expect(same.body).toMatchObject({
      number: 3,
      signature: renamed.body.signature,
      file: renamed.body.file,
    });
  });

  test.each<[string, string, object]>([
    ["model.file_unknown", "/source/sha256", { source: { kind: "file", sha256: "f".repeat(64) } }],
    ["request.invalid", "/source/number", { source: { kind: "version", number: 99 } }],
    ["request.invalid", "/becomes", { source: { kind: "version", number: 1 }, becomes: "everything" }],
    [
      "request.invalid",
      "/signature/columns/0/tensor",
      {
        source: { kind: "version", number: 1 },
        signature: { columns: [{ name: "a", kind: "number", tensor: "none" }], result: { kind: "raw" } },
      },
    ],
  ])("422 %s at %s", async (code, pointer, body) => {
    const { name } = await makeModel();
    const answer = await add(name, body);
    expect([answer.status, answer.body.code, answer.body.errors?.[0]?.pointer]).toEqual([422, code, pointer]);
    expect(await list(name)).toHaveLength(1);
  });

  test("422 when the file went meanwhile; 404 for what is no model", async () => {
    const { name } = await makeModel();
    rmSync(modelFile(adder));
    expect((await addFile(name)).body.code).toBe("model.file_unknown");
    await makeModelFile(adderModel());
    expect((await addFile(name)).status).toBe(201);
    expect((await addFile("nothing")).status).toBe(404);
  });

  // Seen failing: with the number read before the audited change begins.
  test("two processes that add versions at once get all the numbers, each once", async () => {
    const { name } = await makeModel();
    const numbers = await inProcesses<number[]>(2, {
      imports: `
        import { createVersion } from "./lib/models/commands/create-version";
        import { createVersionBody } from "./lib/models/schema";
        import { systemActor } from "./lib/core/actor";`,
      lines: `
        const body = createVersionBody.parse({ source: { kind: "version", number: 1 }, becomes: "stable" });
        const made = await Promise.all(
          [1, 2, 3, 4, 5].map(() => createVersion(systemActor("test"), ${JSON.stringify(name)}, body)),
        );
        return made.map(({ version }) => version.number);`,
    });
    expect(numbers.flat().sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    // What the other processes did is known here, too, within the second.
    await expect.poll(() => used(name), { timeout: 5_000 }).toEqual([11, null]);
  });
});

describe("POST /admin/models/{model}/promote", () => {
  test("200: promotes, rolls back and ends a trial, each recorded with what it was before", async () => {
    const { name } = await makeModel();
    await addFile(name, { becomes: "next" });
    expect((await promote(name, { stable: 2 })).body).toMatchObject({ version: 2, next_version: null });
    expect((await promote(name, { stable: 1, next: 2 })).body).toMatchObject({ version: 1, next_version: 2 });
    expect((await promote(name, { next: null })).body).toMatchObject({ version: 1, next_version: null });
    expect((await eventsOf(name)).slice(-3)).toEqual([
      {
        action: "model.promoted",
        detail: { stable: { before: 1, after: 2 }, next: { before: 2, after: null } },
      },
      {
        action: "model.promoted",
        detail: { stable: { before: 2, after: 1 }, next: { before: null, after: 2 } },
      },
      { action: "model.promoted", detail: { next: { before: 2, after: null } } },
    ]);
  });

  test("200: nothing is recorded when nothing changes", async () => {
    const { name } = await makeModel();
    expect((await promote(name, { stable: 1 })).status).toBe(200);
    expect((await eventsOf(name)).map(({ action }) => action)).toEqual(["model.created"]);
  });

  test("422 for a version that is not there, and for nothing at all; 404 for what is no model", async () => {
    const { name } = await makeModel();
    const stable = await promote(name, { stable: 2 });
    expect([stable.status, stable.body.errors?.[0]?.pointer]).toEqual([422, "/stable"]);
    expect((await promote(name, { next: 7 })).body.errors?.[0]?.pointer).toBe("/next");
    expect((await promote(name, {})).status).toBe(422);
    expect((await promote(name, { stable: null })).status).toBe(422);
    expect((await promote("nothing", { stable: 1 })).status).toBe(404);
  });
});

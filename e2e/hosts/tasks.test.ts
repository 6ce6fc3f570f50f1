import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Database from "better-sqlite3";
import { afterAll, describe, expect, test } from "vitest";
import type { Client } from "../support/client";
import { createPerson, signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

const kills = Number(process.env.ADYTON_KILLS ?? 3);
const rows = 3_000;
const csvType = { "content-type": "text/csv" };
const csv = (count: number) =>
  `sepal_length,sepal_width,petal_length,petal_width\n${"5.1,3.5,1.4,0.2\n".repeat(count)}`;
const everyRow = Array.from({ length: rows }, (_, index) => index + 1);

type Task = { id: string; state: string; rows_done: number; usage: { units: number; cost: number } };

async function upload(client: Client, name: string, count: number): Promise<Task> {
  const address = `/api/v1/tasks?name=${name}&model=iris`;
  const answer = await client.send("POST", address, { headers: csvType, body: csv(count) });
  expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  return answer.json<Task>();
}
const read = async (client: Client, id: string) => (await client.get(`/api/v1/tasks/${id}`)).json<Task>();

async function until<T>(look: () => Promise<T>, isEnough: (found: T) => boolean): Promise<T> {
  const deadline = Date.now() + 45_000;
  for (;;) {
    const found = await look();
    if (isEnough(found)) return found;
    if (Date.now() > deadline) throw new Error(`It did not come to that: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function rowsOf(client: Client, id: string): Promise<number[]> {
  const { text } = await client.get(`/api/v1/tasks/${id}/results?format=jsonl`);
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).row);
}

describe("a host that is killed again and again in the middle of a task", () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "adyton-tasks-"));
  let host: Host | undefined;
  afterAll(async () => {
    await host?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("ends it with each row once, charged once, and holds nothing any more", {
    timeout: 60_000 + kills * 30_000,
  }, async () => {
    host = await startHost({ dataDir });
    let admin = await signInAdmin(host);
    const prices = { quota: { units_per_month: 10 * rows }, prices: { per_row: 0.01 } };
    expect((await admin.api("PATCH", "/api/v1/admin/plans/owner", prices)).status).toBe(200);
    const { id } = await upload(admin, "Killed", rows);
    for (let kill = 0; kill < kills; kill += 1) {
      const before = (await read(admin, id)).rows_done;
      await until(
        () => read(admin, id),
        (task) => task.rows_done > before || task.state === "succeeded",
      );
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      await host.kill();
      host = await startHost({ dataDir });
      admin = await signInAdmin(host);
    }
    const task = await until(
      () => read(admin, id),
      ({ state }) => state === "succeeded",
    );
    expect(task).toMatchObject({ rows_done: rows, usage: { units: rows, cost: rows / 100 } });
    expect(await rowsOf(admin, id)).toEqual(everyRow);
    const database = new Database(path.join(dataDir, "adyton.db"), { readonly: true });
    const one = (sql: string) => database.prepare(sql).get();
    expect(one("SELECT sum(units) AS units, sum(cost) AS cost FROM usage_calls WHERE code IS NULL")).toEqual({
      units: rows,
      cost: rows * 10_000_000,
    });
    expect(one("SELECT units_used, units_reserved, cost_used, cost_reserved FROM usage_accounts")).toEqual({
      units_used: rows,
      units_reserved: 0,
      cost_used: rows * 10_000_000,
      cost_reserved: 0,
    });
    expect(one("SELECT count(*) AS holds FROM usage_reservations")).toEqual({ holds: 0 });
    database.close();
  });

  test("a person's task is nobody else's, by any address", async () => {
    if (!host) throw new Error("there is no host");
    const admin = await signInAdmin(host);
    const [first, second] = [await createPerson(host, admin), await createPerson(host, admin)];
    const [own, others] = [await upload(first.client, "First", 3), await upload(second.client, "Second", 3)];
    for (const [client, id] of [
      [first.client, others.id],
      [second.client, own.id],
      [admin, own.id],
    ] as const) {
      const at = `/api/v1/tasks/${id}`;
      const answers = [
        await client.get(at),
        await client.get(`${at}/results`),
        await client.get(`${at}/results?format=csv`),
        await client.api("PUT", at, { name: "Mine", note: "" }),
        await client.api("POST", `${at}/cancel`),
        await client.api("POST", `${at}/resume`),
        await client.api("DELETE", at),
      ];
      expect(answers.map(({ code }) => code)).toEqual(Array(7).fill("task.not_found"));
      const list = (await client.get("/api/v1/tasks")).json<{ items: Task[] }>();
      expect(list.items.map((task) => task.id)).not.toContain(id);
    }
    for (const [client, { id }] of [
      [first.client, own],
      [second.client, others],
    ] as const)
      expect((await client.get(`/api/v1/tasks/${id}`)).status).toBe(200);
  });
});

import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright/test";
import { rowsPerPiece } from "../lib/tasks/domain";
import { door } from "../lib/testing/door";
import { readBody, sendJson, startUpstream } from "../lib/testing/upstreams";
import { inDialog, toastOf } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { createPerson, signInAdmin } from "./support/people";

test.use({ install: { name: "tasks" } });

let admin: Client;

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
  const priced = await admin.api("PATCH", "/api/v1/admin/plans/free", {
    quota: { units_per_month: 1_000 },
    prices: { per_row: 0.002 },
  });
  expect(priced.status, priced.text).toBe(200);
});

const flowers = (count: number, width: (row: number) => string): string =>
  ["sepal_length,sepal_width,petal_length,petal_width"]
    .concat(Array.from({ length: count }, (_, index) => `5.${index % 10},3.1,1.4,${width(index + 1)}`))
    .join("\n");

const chooseFile = (page: Page, name: string, text: string) =>
  page
    .getByLabel("The file with the rows, CSV or JSON lines")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

const startButton = (page: Page) => page.getByRole("button", { name: /^Start/ });
const linesOf = async (download: Download): Promise<string[]> =>
  (await readFile(await download.path(), "utf8")).trimEnd().split(/\r?\n/);

test("faults are seen and mended before anything is paid, and the results are as many as the rows", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Mira Quill" });
  const page = await newDevice(person.client);
  await page.goto("/tasks");
  await page.getByRole("link", { name: "Start your first task" }).click();
  await expect(startButton(page)).toBeDisabled();

  await test.step("the example file of the model is one that works", async () => {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV", exact: true }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe("iris-example.csv");
    await chooseFile(page, "example.csv", (await linesOf(saved)).join("\n"));
    await expect(page.getByText("1 row, all of them fit the model")).toBeVisible();
  });

  await test.step("a fault names its row, its column and the cure, and costs nothing", async () => {
    await chooseFile(
      page,
      "garden.csv",
      flowers(150, (row) => (row === 7 ? "wide" : "0.2")),
    );
    await expect(page.getByRole("heading", { name: "1 row of 150 cannot be used" })).toBeVisible();
    const fault = page.getByRole("table", { name: "Faults in the rows" }).locator("tbody").getByRole("row");
    await expect(fault).toHaveText(/^7\s*petal_width/);
    await expect(startButton(page)).toBeDisabled();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Faults as CSV" }).click();
    expect((await linesOf(await saving))[1]).toMatch(/^7,petal_width,/);
  });

  await test.step("the mended file has a price, and says what is left of the quota afterwards", async () => {
    await page.getByLabel("Note").fill("Beds along the wall");
    await chooseFile(
      page,
      "garden.csv",
      flowers(150, () => "0.2"),
    );
    await expect(page.getByText("150 rows, all of them fit the model")).toBeVisible();
    await expect(page.getByText("850 of 1,000")).toBeVisible();
    await expect(page.getByLabel("Name")).toHaveValue("garden");
    await expect(page.getByLabel("Note")).toHaveValue("Beds along the wall");
  });

  await test.step("it runs while one looks on, is paid, and downloads whole", async () => {
    await page.getByRole("button", { name: "Start: €0.30" }).dblclick();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("garden");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Succeeded", { timeout: 30_000 });
    await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "100");
    await expect(page.getByText("€0.30 charged", { exact: true })).toBeVisible();
    const rows = page.getByRole("table", { name: "Result of each row" }).locator("tbody").getByRole("row");
    await expect(rows).toHaveCount(25);
    await expect(rows.first()).toHaveText(/^1\s*setosa/);
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download CSV" }).click();
    expect(await linesOf(await saving)).toHaveLength(151);
  });

  await test.step("pressing twice made one task, and it was paid once", async () => {
    const { items } = (await person.client.get("/api/v1/tasks")).json<{ items: unknown[] }>();
    expect(items).toHaveLength(1);
    await page.goto("/tasks");
    await expect(
      page.getByRole("table", { name: "Your tasks" }).locator("tbody").getByRole("row"),
    ).toHaveText(/garden.*iris v1.*Succeeded.*100 %.*150.*€0\.30/s);
  });
});

/** Answers the first rows of a task at once and holds calls with later ones until they are let go. */
async function startHeldService(answeredAtOnce: number) {
  let rows = 0;
  const { opened, open } = door();
  const server = await startUpstream(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as { rows: { x: number }[] };
    if (body.rows.some(({ x }) => x > answeredAtOnce)) await opened;
    rows += body.rows.length;
    sendJson(response, 200, { results: body.rows.map(({ x }) => ({ doubled: 2 * x })) });
  });
  return { ...server, letGo: open, rows: () => rows };
}

/** Of a service whose speed nobody knows yet. Two pieces run at once, and end although the task is cancelled. */
const pieceRows = rowsPerPiece(null, true);
const rows = 8 * pieceRows;

test("a task that is cancelled keeps what is done, goes on when it is resumed, and runs no row twice", async ({
  host,
  newDevice,
}) => {
  const service = await startHeldService(2 * pieceRows);
  const upstream = { preset: "json", url: service.url, rows_member: "rows", results_member: "results" };
  const column = { name: "x", kind: "number" };
  const made = await admin.api("POST", "/api/v1/admin/models", {
    name: "doubling",
    title: "Doubling",
    limits: { timeout_ms: 60_000 },
    source: { kind: "upstream", upstream: { ...upstream, is_private_allowed: true } },
    signature: {
      columns: [column],
      result: { kind: "fields", fields: [{ name: "doubled", kind: "number" }] },
    },
  });
  expect(made.status, made.text).toBe(201);
  const person = await createPerson(host, admin, { name: "Jonas Feld" });
  const page = await newDevice(person.client);
  await page.goto("/tasks/new?model=doubling");
  await page.getByRole("button", { name: "Paste" }).click();
  const lines = Array.from({ length: rows }, (_, index) => JSON.stringify({ x: index + 1 }));
  await page.getByRole("textbox", { name: "Rows" }).fill(lines.join("\n"));
  await page.getByRole("button", { name: "Check these rows" }).click();
  await page.getByLabel("Name").fill("Twice as much");
  await startButton(page).click();

  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toContainText("Running");
  const results = page.getByRole("table", { name: "Result of each row" }).locator("tbody").getByRole("row");
  await expect(results.first()).toHaveText(/^1\s*Doubled: 2$/);
  await expect(page).toHaveTitle(/^\d+ % · Twice as much · Adyton$/);

  await page.getByRole("button", { name: "Cancel task" }).click();
  await expect(page.getByRole("dialog")).toContainText("No row is run or charged twice");
  await inDialog(page, "Stop it").click();
  await expect(title).toContainText(/Cancelling|Cancelled/);
  service.letGo();
  await expect(title).toContainText("Cancelled");
  await expect(toastOf(page, "The task is cancelled")).toBeVisible();
  const before = service.rows();
  expect(before).toBeLessThan(rows);

  await page.getByRole("button", { name: "Resume" }).click();
  await inDialog(page, "Resume").click();
  await expect(title).toContainText("Succeeded", { timeout: 30_000 });
  await expect(toastOf(page, "The task is finished")).toBeVisible();
  expect(service.rows()).toBe(rows);
  await expect(page.getByText("€0.32 charged", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(results.first()).toHaveText(/^26\s*Doubled: 52$/);

  await page.getByRole("button", { name: "Actions for Twice as much" }).click();
  await page.getByRole("menuitem", { name: "Edit name and note" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Doubled");
  await inDialog(page, "Save changes").click();
  await expect(title).toContainText("Doubled");
  await page.getByRole("button", { name: "Actions for Doubled" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Doubled");
  await inDialog(page, "Delete task").click();
  await expect(page.getByRole("heading", { name: "No tasks yet" })).toBeVisible();
  await service.stop();
});

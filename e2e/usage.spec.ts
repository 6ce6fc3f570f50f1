import { readFile } from "node:fs/promises";
import type { Page } from "playwright/test";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { createPerson, signInAdmin } from "./support/people";

test.use({ install: { name: "usage" } });

const input = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const succeeded = 4;
const rows = 3;

/** Four calls that succeed, one of them with three rows, and what they cost by the plan. */
async function makeCalls(caller: Client): Promise<void> {
  for (let call = 1; call < succeeded; call++)
    await caller.api("POST", "/api/v1/predictions", { model: "iris", input });
  const inputs = Array.from({ length: rows }, () => input);
  const answer = await caller.api("POST", "/api/v1/predictions", { model: "iris", inputs });
  expect(answer.status).toBe(200);
}

/** Each call costs 0.5, each row 0.25: four calls and six rows are 3.50. */
const prices = { per_call: 0.5, per_row: 0.25, per_compute_ms: 0, per_token: 0 };
const cost = "3.50";

const totalOf = (page: Page, label: string) =>
  page
    .locator("dl > div")
    .filter({ has: page.locator("dt", { hasText: label }) })
    .locator("dd")
    .first();

test("a person sees what was called, and what it cost, on every page and in every form alike", async ({
  host,
  newDevice,
}) => {
  const admin = await signInAdmin(host);
  const priced = await admin.api("PATCH", "/api/v1/admin/plans/free", { prices });
  expect(priced.status, priced.text).toBe(200);
  const person = await createPerson(host, admin, { name: "Nora Vance" });
  await makeCalls(person.client);
  const page = await newDevice(person.client);

  await test.step("the overview counts the calls, and says what is left", async () => {
    await page.goto("/dashboard");
    await expect(totalOf(page, "Calls")).toHaveText(`${succeeded}`);
    await expect(totalOf(page, "Cost")).toContainText(cost);
    await expect(page.getByRole("heading", { name: `${succeeded} calls in the last 7 days` })).toBeVisible();
    await expect(page.getByText("Calls in a minute")).toBeVisible();
  });

  await test.step("the page of usage says the same, as a chart and as a table", async () => {
    await page.getByRole("navigation").getByRole("link", { name: "Usage", exact: true }).click();
    const title = `${succeeded} calls in the last 30 days, none failed`;
    const card = page.getByRole("region", { name: title }).first();
    await expect(card.locator("svg.recharts-surface")).toBeVisible();
    await card.getByRole("button", { name: /^Show as table/ }).click();
    const newest = card.getByRole("table", { name: title }).getByRole("row").nth(1);
    await expect(newest.getByRole("cell")).toHaveText([`${succeeded}`, "0"]);
    await card.getByRole("button", { name: /^Show as chart/ }).click();
    await expect(card.locator("svg.recharts-surface")).toBeVisible();
  });

  await test.step("the range and the grouping are in the address", async () => {
    await page.getByRole("link", { name: "24 h" }).click();
    await expect(page).toHaveURL(/range=24h/);
    await page.getByRole("navigation", { name: "Group by" }).getByRole("link", { name: "Model" }).click();
    await expect(page).toHaveURL(/group=model/);
    const row = page.getByRole("table", { name: "In numbers" }).getByRole("row").nth(1);
    await expect(row).toContainText("iris");
    await expect(row).toContainText(cost);
  });

  await test.step("every call is a line of the file", async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Every call as CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^calls-.*\.csv$/);
    const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
    expect(lines).toHaveLength(succeeded + 1);
  });

  await test.step("the statement has the total, and on paper nothing else is around it", async () => {
    await page.getByRole("link", { name: "Monthly statement" }).click();
    const statement = page.getByRole("article");
    await expect(statement.getByRole("row", { name: /^Total/ })).toContainText(cost);
    await expect(page.getByText("This month is not over")).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(statement.getByRole("row", { name: /^Total/ })).toContainText(cost);
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  });

  await test.step("an administrator sees the calls of everyone, and the same statement", async () => {
    const office = await newDevice(admin);
    await office.goto("/admin/usage");
    await expect(totalOf(office, "Charged")).toContainText(cost);
    await office.getByRole("table", { name: "In numbers" }).getByRole("link", { name: "Nora Vance" }).click();
    await office.getByRole("link", { name: "Monthly statement" }).click();
    await expect(office.getByRole("article").getByRole("row", { name: /^Total/ })).toContainText(cost);
  });
});

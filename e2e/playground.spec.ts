import { execFileSync } from "node:child_process";
import type { Page } from "playwright/test";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { noteSecret } from "./support/evidence";
import { createPerson, signInAdmin } from "./support/people";

test.use({ install: { name: "playground" } });

let admin: Client;

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
});

const virginica = {
  "Length of the sepal": "6.9",
  "Width of the sepal": "3.1",
  "Length of the petal": "5.4",
  "Width of the petal": "2.1",
};

async function fillIn(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value);
}

const predict = (page: Page) => page.getByRole("button", { name: "Predict", exact: true });
const rowsOf = (page: Page) =>
  page.getByRole("table", { name: "Your predictions" }).locator("tbody").getByRole("row");

async function makeKey(owner: Client, name: string): Promise<string> {
  const made = await owner.api("POST", "/api/v1/keys", { name, scopes: ["predict", "models:read"] });
  const { secret } = made.json<{ secret: string }>();
  noteSecret(secret);
  return secret;
}

test("a form made from the signature predicts, its snippet predicts the same, and both are in the history", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Nora Vance" });
  const secret = await makeKey(person.client, "Herbarium");
  const page = await newDevice(person.client);

  await test.step("the first steps lead to the form, and the keyboard runs it", async () => {
    await page.goto("/dashboard");
    await page.getByRole("link", { name: "Open the playground" }).click();
    await expect(predict(page)).toBeEnabled();
    await fillIn(page, virginica);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("row", { name: /virginica/ })).toContainText("%");
    await expect(page.getByText(/ms in the model/)).toBeVisible();
  });

  await test.step("the snippet is the call that was typed", async () => {
    await page.getByRole("tab", { name: "JavaScript" }).click();
    const code = await page.getByRole("tabpanel", { name: "The call: JavaScript" }).textContent();
    expect(code).toContain("your key “Herbarium”");
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", `${code}`], {
      encoding: "utf8",
      env: { ...process.env, ADYTON_KEY: secret, FORCE_COLOR: "0" },
    });
    expect(printed).toContain("label: 'virginica'");
  });

  await test.step("both calls are in the history, with what went in and came out", async () => {
    await page.goto("/predictions");
    await expect(rowsOf(page)).toHaveCount(2);
    await expect(rowsOf(page).first()).toContainText("Herbarium");
    await page.getByLabel("API key").selectOption({ label: "Herbarium" });
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(page).toHaveURL(/key=key_/);
    await page.getByRole("button", { name: /^Prediction prd_\w+ of iris, succeeded$/ }).press("Enter");
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByRole("region", { name: "Input", exact: true })).toContainText(
      '"petal_length": 5.4',
    );
    await expect(drawer).toContainText("virginica");
    await drawer.getByRole("link", { name: "Open in the playground" }).click();
    await expect(page.getByLabel("Length of the petal")).toHaveValue("5.4");
  });

  await page.goto("/dashboard");
  await expect(page.getByRole("heading", { name: "First steps" })).toHaveCount(0);
});

test("what was typed survives a reload, goes over to JSON and back, and rows of JSON are answered one by one", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Iris Holm" });
  const page = await newDevice(person.client);
  await page.goto("/playground?model=iris");
  await expect(predict(page)).toBeEnabled();
  await fillIn(page, virginica);
  await expect(page).toHaveURL(/#input=.*5\.4/);
  await page.reload();
  await expect(page.getByLabel("Length of the petal")).toHaveValue("5.4");

  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const area = page.getByLabel("Inputs as JSON");
  const typed = await area.inputValue();
  const row = JSON.parse(typed);
  expect(row.petal_length).toBe(5.4);
  await area.fill(JSON.stringify([row, { ...row, petal_length: 1.3, petal_width: 0.2 }]));
  await predict(page).click();
  const rows = page.getByRole("table", { name: "Result of each row" }).locator("tbody").getByRole("row");
  await expect(rows).toHaveText([/^1\s*virginica/, /^2\s*(setosa|versicolor)/]);

  // The form has no place for a second row, and does not drop it.
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await expect(page.getByText("The fields show one row, and this is a list of several.")).toBeVisible();
  await area.fill(typed.replace("5.4", "4.2"));
  await page.getByRole("button", { name: "Form", exact: true }).click();
  await expect(page.getByLabel("Length of the petal")).toHaveValue("4.2");
});

test("what is wrong stands at its field, whether the page or the API found it, and nothing typed is lost", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Tilda Moss" });
  const page = await newDevice(person.client);
  await page.goto("/playground?model=iris");
  await expect(predict(page)).toBeEnabled();
  await fillIn(page, { "Width of the sepal": "3,6", "Width of the petal": "900" });
  await predict(page).click();
  await expect(page.getByText("Write it with a point: 3.6.")).toBeVisible();
  await expect(page.getByText("Write 30 or less.")).toBeVisible();
  await expect(page.getByLabel("Width of the sepal")).toBeFocused();
  await fillIn(page, { "Width of the sepal": "3.6", "Width of the petal": "2.1" });

  // Meanwhile a version takes over that allows less than this page knows.
  const { signature } = (await admin.get("/api/v1/models/iris")).json<{ signature: Signature }>();
  const columns = signature.columns.map((column) =>
    column.name === "sepal_width" ? { ...column, max: 3.5 } : column,
  );
  const stricter = { source: { kind: "version", number: 1 }, becomes: "stable" };
  const made = await admin.api("POST", "/api/v1/admin/models/iris/versions", {
    ...stricter,
    signature: { ...signature, columns },
  });
  expect(made.status).toBe(201);
  await predict(page).click();
  await expect(page.getByText(/sepal_width is above 3\.5/).first()).toBeVisible();
  await expect(page.getByLabel("Width of the sepal")).toBeFocused();
  await expect(page.getByLabel("Width of the petal")).toHaveValue("2.1");
  await admin.api("POST", "/api/v1/admin/models/iris/promote", { stable: 1 });
  await predict(page).click();
  await expect(page.getByText(/ms in the model/)).toBeVisible();
});

type Signature = { columns: { name: string; max: number | null }[] };

test("a call over the limit says when the next one is accepted, and why it was refused", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Otto Birch" });
  const lowered = await admin.api("PATCH", "/api/v1/admin/plans/free", { limits: { per_minute: 1 } });
  expect(lowered.status).toBe(200);
  const page = await newDevice(person.client);
  await page.goto("/playground?model=iris");
  await predict(page).click();
  await expect(page.getByText(/ms in the model/)).toBeVisible();
  await predict(page).click();
  await expect(page.getByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeDisabled();
  await expect(page.getByRole("timer")).toHaveText(/^0:\d\d$/);
  await page.getByRole("link", { name: "Why?" }).click();
  await expect(page).toHaveURL(/\/why\?id=req_\w+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why was this refused?");
});

import type { Page } from "playwright/test";
import { door } from "../lib/testing/door";
import { classifierModel } from "../lib/testing/onnx-models";
import { inDialog, toastOf } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { createKey, createPerson, type Person, signInAdmin } from "./support/people";
import type { Host } from "./support/start-host";

test.use({ install: { name: "admin-models" } });

let admin: Client;
let mira: Person;
let secret: string;

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
  mira = await createPerson(host, admin, { name: "Mira Quill", email: "mira@models.example" });
  ({ secret } = await createKey(mira.client, { name: "shop", scopes: ["predict", "models:read"] }));
});

/** Who is older than 50 leaves; the tenure says nothing. */
const leaver = Buffer.from(
  classifierModel({
    weights: [
      [0, 1],
      [0, 0],
    ],
    bias: [50, 0],
    input: "person",
    label: "leaves",
  }),
);

type Prediction = { version: number; output: { label: string } };

/** A program somewhere else: no cookies, only the key of its owner. */
const predictAs = (host: Host, key: string, model: string, input: object) =>
  host.client().api("POST", "/api/v1/predictions", { model, input }, { authorization: `Bearer ${key}` });

async function labelOf(host: Host, model: string, input: object): Promise<[number, string]> {
  const answer = await predictAs(host, secret, model, input);
  expect(answer.status, answer.text).toBe(200);
  const { version, output } = answer.json<Prediction>();
  return [version, output.label];
}

async function chooseFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  const input = page.getByLabel("The .onnx file of the model");
  // Once somebody listens to it.
  await expect(input).toBeEnabled();
  await input.setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

async function addModel(page: Page, file: string): Promise<void> {
  await page.goto("/admin/models/new");
  await chooseFile(page, file, leaver);
  await page.getByRole("button", { name: "Paste names" }).click();
  await page.getByRole("dialog").getByLabel("Names").fill("Age (years);Tenure");
  await inDialog(page, "Use 2 names").click();
  await page.getByRole("radio", { name: /^A class/ }).check();
  await page.getByLabel("Classes").fill("stays\nleaves");
  await page.getByLabel("How likely each class is").selectOption("probabilities");
  await page.getByRole("button", { name: "Next: name the model" }).click();
  await page.getByRole("button", { name: "Add the model" }).click();
}

test("an uploaded file is a model that a program can call by its name", async ({ host, newDevice }) => {
  const page = await newDevice(admin);
  await page.goto("/admin/models");
  await expect(page.getByRole("row", { name: /iris/ })).toBeVisible();
  await page.getByRole("link", { name: "Add a model" }).click();

  await chooseFile(page, "Churn Model.onnx", Buffer.from("this is no model"));
  await expect(page.getByText("This file cannot be used as a model")).toBeVisible();
  await addModel(page, "Churn Model.onnx");
  await expect(toastOf(page, "Churn model is added")).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/models\/churn-model$/);
  expect(await labelOf(host, "churn-model", { age_years: 51, tenure: 2 })).toEqual([1, "leaves"]);
  expect(await labelOf(host, "churn-model", { age_years: 49, tenure: 2 })).toEqual([1, "stays"]);
  // The page is not touched: it reads itself anew.
  const calls = page.getByRole("definition").filter({ hasText: /^2$/ }).first();
  await expect(calls).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Ready", { exact: true }).first()).toBeVisible();
});

test("new names are tried before they are saved, promoted, and taken back by one press", async ({
  host,
  newDevice,
}) => {
  const page = await newDevice(admin);
  await addModel(page, "names.onnx");
  await expect(toastOf(page, "Names is added")).toBeVisible();

  await page.getByRole("link", { name: "Inputs and results" }).click();
  await page.getByLabel("Name of column 1").fill("age years");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await expect(page.getByText(/Letters, digits and _ only/)).toBeVisible();
  await expect(page.getByLabel("Name of column 1")).toBeFocused();
  await page.getByLabel("Name of column 1").fill("years");
  await page.getByRole("button", { name: "More about years" }).click();
  await page.getByLabel("Most").fill("120");
  await page.getByLabel("Classes").fill("stays\nis about to leave");
  await page.getByLabel("Years", { exact: true }).fill("80");
  await page.getByLabel("Tenure", { exact: true }).fill("1");
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("is about to leave", { exact: true }).last()).toBeVisible();
  expect(await labelOf(host, "names", { age_years: 80, tenure: 1 })).toEqual([1, "leaves"]);

  await page.getByRole("button", { name: "Save as a new version" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("Plain words");
  await page
    .getByRole("dialog")
    .getByRole("radio", { name: /^Not yet/ })
    .check();
  await inDialog(page, "Save version").click();
  await expect(toastOf(page, "Version 2 is made")).toBeVisible();
  await expect(page.getByRole("row", { name: /Column years/ })).toContainText("max 120");

  await page.getByRole("button", { name: "Promote version 2" }).click();
  await expect(page.getByRole("dialog")).toContainText("API key");
  await inDialog(page, "Promote").click();
  await expect(toastOf(page, "Version 2 is in use")).toBeVisible();
  expect(await labelOf(host, "names", { years: 80, tenure: 1 })).toEqual([2, "is about to leave"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(toastOf(page, "It is as it was before")).toBeVisible();
  expect(await labelOf(host, "names", { age_years: 80, tenure: 1 })).toEqual([1, "leaves"]);
});

/** Lets the requests of a page to such addresses wait, as a slow network does, until what is answered is called. */
async function holdBack(page: Page, address: RegExp): Promise<() => void> {
  const { opened, open } = door();
  await page.route(address, async (route) => {
    await opened;
    await route.continue();
  });
  return open;
}

test("pausing, naming who may use it and deleting count from the next call on", async ({
  host,
  newDevice,
}) => {
  const page = await newDevice(admin);
  const input = { age_years: 51, tenure: 2 };
  const codeFor = async (key: string) => (await predictAs(host, key, "shared", input)).code;
  const jonas = await createPerson(host, admin, { name: "Jonas Feld", email: "jonas@models.example" });
  const his = await createKey(jonas.client, { name: "till" });
  await addModel(page, "shared.onnx");
  await expect(toastOf(page, "Shared is added")).toBeVisible();
  expect(await codeFor(his.secret)).toBe("");

  const parts = page.getByRole("navigation", { name: "Parts of the model" });
  await parts.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Pause" }).click();
  await inDialog(page, "Pause").click();
  await expect(toastOf(page, "Shared is paused")).toBeVisible();
  expect(await codeFor(secret)).toBe("model.paused");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(toastOf(page, "Shared is in service again")).toBeVisible();
  expect(await codeFor(secret)).toBe("");

  await page.getByRole("radio", { name: /^Some people/ }).check();
  await page.getByLabel("Add somebody").fill("mira");
  await page.getByRole("button", { name: /^Add Mira Quill/ }).click();
  await page.getByLabel("Longest call").fill("10");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel("Longest call")).toBeFocused();
  await page.getByLabel("Longest call").fill("5000");
  const letGo = await holdBack(page, /[?&]_rsc=/);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(toastOf(page, "Settings saved")).toBeVisible();
  expect(await codeFor(secret)).toBe("");
  expect(await codeFor(his.secret)).toBe("model.not_found");

  await page.getByRole("button", { name: "Delete model" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  // Seen failing: with the dialog inside what is made anew when the settings come back from the server.
  letGo();
  await expect(page.locator("[aria-label='Changes that are not saved']")).toHaveCount(0);
  await page.getByRole("dialog").getByLabel("Type shared to confirm").fill("shared");
  await inDialog(page, "Delete model").click();
  await expect(toastOf(page, "Shared is deleted")).toBeVisible();
  expect(await codeFor(secret)).toBe("model.not_found");
  await expect(page.getByRole("row", { name: /shared/ })).toHaveCount(0);
});

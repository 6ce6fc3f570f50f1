import type { Page } from "playwright/test";
import { chooseRowAction, inDialog, toastOf } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import { Client } from "./support/client";
import { noteSecret } from "./support/evidence";
import { createPerson, type Person, signInAdmin } from "./support/people";

test.use({ install: { name: "keys" } });

let admin: Client;
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const rowsOf = (page: Page) =>
  page.getByRole("table", { name: "Your API keys" }).locator("tbody").getByRole("row");
const marksOf = (secret: string) => `${secret.slice(0, 8)}…${secret.slice(-4)}`;

/** Reads the secret off the dialog and leaves it the way that it asks for. */
async function storeSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("API key", { exact: true })).toHaveValue(/^ady_\w{36}$/);
  const secret = await dialog.getByLabel("API key", { exact: true }).inputValue();
  noteSecret(secret);
  await expect(inDialog(page, "Done")).toBeDisabled();
  // Nothing closes it by accident.
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await dialog.getByLabel("I have stored it").check();
  await inDialog(page, "Done").click();
  await expect(dialog).toHaveCount(0);
  return secret;
}

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
});

test("a key is made, tried, rolled, revoked, reported, and its owner is told", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Nora Vance" });
  const page = await newDevice(person.client);
  const statusOf = async (secret: string) => {
    const answer = await host.client().get("/api/v1/verify", bearer(secret));
    return answer.status === 200 ? 200 : answer.code;
  };

  await page.goto("/dashboard");
  await page.getByRole("link", { name: "Go to API keys" }).click();
  await page.getByRole("button", { name: "Create your first key" }).click();
  await page.getByLabel("Name").fill("Nightly report");
  await expect(page.getByRole("radio", { name: /^Call models/ })).toBeChecked();
  await page.getByRole("radio", { name: /^Everything I may do/ }).check();
  await inDialog(page, "Create key").click();

  // Seen failing: when the list behind was renewed at once, it took the dialog and the secret away.
  const shown = await page.getByRole("tabpanel").textContent();
  const [, address = "", inSnippet = ""] =
    /^curl -i (\S+) [^"]*"Authorization: Bearer (\S+)"$/s.exec(`${shown}`) ?? [];
  const first = await storeSecret(page);
  expect(inSnippet).toBe(first);
  const { origin, pathname } = new URL(address);
  expect((await new Client(origin).get(pathname, bearer(first))).headers["x-adyton-user"]).toBe(person.id);
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText(marksOf(first));
  expect(await page.content()).not.toContain(first);
  await page.goto("/dashboard");
  await expect(page.getByRole("listitem").filter({ hasText: "Make a key" })).toContainText("Done:");

  await page.goto("/keys");
  await chooseRowAction(page, `Nightly report ${marksOf(first)}`, "Roll");
  await page.getByRole("radio", { name: /^1 hour/ }).check();
  await inDialog(page, "Roll key").click();
  const second = await storeSecret(page);
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
  const old = rowsOf(page).filter({ hasText: `Replaced by ${marksOf(second)}` });
  await expect(old).toContainText(/stops in (1 h|\d+ min)/);

  await chooseRowAction(page, `Nightly report ${marksOf(first)}`, "Revoke");
  await page.getByLabel("Type Nightly report to confirm").fill("Nightly");
  await inDialog(page, "Revoke key").click();
  await expect(page.getByText("exactly as shown")).toBeVisible();
  expect(await statusOf(first)).toBe(200);
  await page.getByLabel("Type Nightly report to confirm").fill("Nightly report");
  await inDialog(page, "Revoke key").click();
  await expect(toastOf(page, "Key revoked")).toBeVisible();
  expect([await statusOf(first), await statusOf(second)]).toEqual(["key.revoked", 200]);

  const finder = await newDevice();
  await finder.goto("/login");
  await finder.getByRole("link", { name: "Found a leaked key?" }).click();
  const answers: (string | null)[] = [];
  for (const found of ["not a key at all", `config.py:12: TOKEN = "${second}"`]) {
    await finder.getByLabel("The key").fill(found);
    await finder.getByRole("button", { name: "Report it" }).click();
    await expect(finder.getByText("Thank you", { exact: true })).toBeFocused();
    answers.push(await finder.getByRole("main").textContent());
    await finder.getByRole("button", { name: "Report another key" }).click();
  }
  expect(answers[0]).toBe(answers[1]);
  expect(await statusOf(second)).toBe("key.frozen");

  await page.goto("/dashboard");
  await page.getByRole("link", { name: "What to do now" }).click();
  await expect(page.getByText("Your key “Nightly report” was reported as leaked")).toBeVisible();
  await page.getByRole("button", { name: "Make a new key" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Nightly report");
  await expect(page.getByRole("radio", { name: /^Everything I may do/ })).toBeChecked();
});

test("what the API refuses stands at its field, nothing typed is lost, and two presses make one key", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Iris Holm" });
  const page = await newDevice(person.client);
  await page.goto("/keys");
  await page.getByRole("button", { name: "Create a key" }).click();
  await page.getByLabel("Name").fill("Gauge");
  await page.getByRole("radio", { name: /^Choose one by one/ }).check();
  await page.getByRole("checkbox", { name: /^Read numbers/ }).check();
  await page.getByText("More limits").click();
  await page.getByLabel("Allowed networks").fill("10.0.0.0/8, 10.0.0.300");
  await page.getByLabel("Calls in a minute").fill("7");
  await page.getByText("More limits").click();
  await inDialog(page, "Create key").click();
  await expect(page.getByText("“10.0.0.300” is no address.")).toBeVisible();
  await expect(page.getByLabel("Allowed networks")).toBeFocused();
  await page.getByLabel("Allowed networks").fill("");

  // Meanwhile the plan is lowered, so what this page knows is no longer true.
  const lowered = await admin.api("PATCH", "/api/v1/admin/plans/free", { limits: { per_minute: 5 } });
  expect(lowered.status).toBe(200);
  await page.getByText("More limits").click();
  await inDialog(page, "Create key").click();
  await expect(page.getByText(/allows 5, and a key cannot have more than its owner/)).toBeVisible();
  await expect(page.getByLabel("Calls in a minute")).toBeFocused();
  await expect(page.getByLabel("Name")).toHaveValue("Gauge");
  await page.getByLabel("Calls in a minute").fill("4");
  await inDialog(page, "Create key").dblclick();
  const secret = await storeSecret(page);
  await expect(rowsOf(page)).toHaveCount(1);
  await expect(rowsOf(page)).toContainText("Call models, see models, read numbers");
  await expect(rowsOf(page)).toContainText("own limits");

  expect((await host.client().get("/api/v1/verify", bearer(secret))).status).toBe(200);
  await chooseRowAction(page, "Gauge", "Edit");
  await expect(page.getByLabel("Calls in a minute")).toHaveValue("4");
  await page.getByLabel("Allowed networks").fill("192.0.2.0/24");
  await inDialog(page, "Save changes").click();
  await expect(toastOf(page, "Key saved")).toBeVisible();
  await expect(rowsOf(page)).toContainText("from 1 network only");
  expect((await host.client().get("/api/v1/verify", bearer(secret))).code).toBe("key.address_not_allowed");
});

test("a program that signed in with the password is seen among the sessions, and ended", async ({
  host,
  newDevice,
}) => {
  const { email, password, client }: Person = await createPerson(host, admin, { name: "Paul Reed" });
  const program = host.client().copy({ "user-agent": "python-requests/2.32.4" });
  const answer = await program.api("POST", "/api/auth/login", { email, password });
  const { access_token: token } = answer.json<{ access_token: string }>();
  noteSecret(token);
  expect((await program.get("/api/auth/me", bearer(token))).status).toBe(200);

  const page = await newDevice(client);
  await page.goto("/account/sessions");
  const row = page.getByRole("row", { name: "Python program" });
  await expect(row).toContainText("signed in with the password");
  await row.getByRole("button", { name: "End the session of Python program" }).click();
  await inDialog(page, "End session").click();
  await expect(toastOf(page, "Session ended")).toBeVisible();
  await expect(row).toHaveCount(0);
  expect((await program.get("/api/auth/me", bearer(token))).status).toBe(401);
});

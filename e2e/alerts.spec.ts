import path from "node:path";
import Sqlite from "better-sqlite3";
import { chooseRowAction, inDialog, toastOf } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { noteSecret } from "./support/evidence";
import { createPerson, signInAdmin } from "./support/people";
import type { Host } from "./support/start-host";

test.use({ install: { name: "alerts" } });

let admin: Client;

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
});

const input = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

/** As if the name of a receiver led elsewhere since it was checked: no test calls a stranger's machine. */
function sendHome(host: Host, url: string): void {
  const database = new Sqlite(path.join(host.dataDir, "adyton.db"), { timeout: 5_000 });
  database.prepare("UPDATE webhook_endpoints SET url = ?").run(url);
  database.close();
}

test("a quota that is nearly used up is told once, stands on the bell, and is over when it was seen", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Nora Vance" });
  const page = await newDevice(person.client);
  await page.goto("/alerts");
  await expect(page.getByText("Nothing needs you")).toBeVisible();
  const quota = { units_per_month: 4 };
  expect((await admin.api("PATCH", "/api/v1/admin/plans/free", { quota })).status).toBe(200);
  for (let call = 0; call < 3; call += 1)
    expect((await person.client.api("POST", "/api/v1/predictions", { model: "iris", input })).status).toBe(
      200,
    );
  // The app may have looked by itself meanwhile, which changes nothing: the same is told once.
  await host.lookForAlerts();
  await host.lookForAlerts();
  await page.goto("/dashboard");
  await expect(page.getByRole("banner").getByRole("link", { name: "Alerts, 1 new" })).toBeVisible();
  await page.getByRole("link", { name: "What to do now" }).click();
  const cards = page.getByRole("list", { name: "Alerts" }).getByRole("listitem");
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText("75 % of your quota is used");
  await expect(cards).toContainText("3 of 4 units");
  await expect(cards.getByRole("link", { name: "See your usage" })).toHaveAttribute("href", "/usage");

  await cards.getByRole("button", { name: /^Mark as seen/ }).click();
  await expect(page.getByText("Nothing new", { exact: true })).toBeVisible();
  await expect(page.getByRole("banner").getByRole("link", { name: "Alerts", exact: true })).toBeVisible();
  await page.getByLabel("State").selectOption("seen");
  await expect(page).toHaveURL(/state=seen/);
  await expect(cards).toContainText("75 % of your quota is used");
});

test("a webhook is made, shows its secret once, says how a test went, and no private address gets through", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, admin, { name: "Iris Holm" });
  const page = await newDevice(person.client);
  await page.goto("/account");
  await page.getByRole("link", { name: "Notifications" }).click();
  await expect(page.getByRole("switch", { name: /^By mail/ })).toBeDisabled();
  await page.getByRole("switch", { name: /^Many calls fail/ }).uncheck();
  await expect(toastOf(page, "Saved")).toBeVisible();

  const address = page.getByRole("textbox", { name: "Address" });
  await page.getByRole("button", { name: "Create a webhook" }).click();
  await address.fill("http://127.0.0.1:9/hook");
  await inDialog(page, "Create webhook").click();
  await expect(page.getByText(/leads to this machine/)).toBeVisible();
  await expect(address).toBeFocused();
  // An address of the internet that nobody has.
  const url = "http://[2000::1]/hook";
  await address.fill(url);
  await inDialog(page, "Create webhook").click();
  const field = page.getByRole("textbox", { name: "Signing secret" });
  await expect(field).toHaveValue(/^whsec_[\w+/]{40,}=*$/);
  const secret = await field.inputValue();
  noteSecret(secret);
  await expect(inDialog(page, "Done")).toBeDisabled();
  await page.getByLabel("I have stored it").check();
  await inDialog(page, "Done").click();
  const row = page.getByRole("table", { name: "Your webhooks" }).getByRole("row", { name: url });
  await expect(row).toContainText("Enabled");
  await page.reload();
  await expect(page.getByRole("switch", { name: /^Many calls fail/ })).not.toBeChecked();
  expect(await page.content()).not.toContain(secret);

  const home = "http://127.0.0.1:9/hook";
  sendHome(host, home);
  await page.reload();
  await chooseRowAction(page, home, "Send a test");
  await inDialog(page, "Send test").click();
  const outcome = page.getByRole("dialog").getByRole("alert");
  await expect(outcome).toContainText("Your program did not take it");
  await expect(outcome).toContainText("leads to this machine");
  await inDialog(page, "Close").first().click();
  await chooseRowAction(page, home, "See its messages");
  const message = page.getByRole("table", { name: `Messages to ${home}` }).getByRole("row", { name: "Test" });
  await expect(message).toContainText("leads to this machine");

  await chooseRowAction(page, home, "Disable");
  await expect(toastOf(page, "Webhook disabled")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(toastOf(page, "Webhook enabled")).toBeVisible();
  await chooseRowAction(page, home, "Delete");
  await page.getByLabel("Type 127.0.0.1:9 to confirm").fill("127.0.0.1:9");
  await inDialog(page, "Delete webhook").click();
  await expect(toastOf(page, "Webhook deleted")).toBeVisible();
  await expect(page.getByText("You have none yet.")).toBeVisible();
});

import { readFile } from "node:fs/promises";
import { chooseRowAction, inDialog, toastOf } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { noteSecret } from "./support/evidence";
import { invite, signInAdmin } from "./support/people";

test.use({ install: { name: "administration" } });

const crowdSize = 240;
const surnames = ["Abelard", "Brook", "Castell", "Dunmore"];
let admin: Client;

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
  const people = Array.from({ length: crowdSize }, (_, index) => ({
    name: `Person ${String(index).padStart(3, "0")} ${surnames[index % surnames.length]}`,
    email: `person-${String(index).padStart(3, "0")}@crowd.example`,
  }));
  for (let start = 0; start < people.length; start += 20)
    await Promise.all(people.slice(start, start + 20).map((person) => invite(admin, person)));
});

test("the list of users is searched, filtered, sorted and paged, and the address keeps it", async ({
  newDevice,
}) => {
  const page = await newDevice(admin);
  const rows = page.getByRole("table", { name: "Users" }).locator("tbody").getByRole("row");
  await page.goto("/admin/users");
  await expect(page.getByText(`Showing 25 of ${crowdSize + 1}`)).toBeVisible();

  await page.getByLabel("Order").selectOption("Name, Z to A");
  await expect(rows.first()).toContainText("Person 239");
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(rows.nth(1)).toContainText("Person 000");
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(rows.first()).toContainText("Person 024");
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rows.nth(1)).toContainText("Person 000");

  await page.getByLabel("Search name or e-mail").fill("castell");
  await expect(page.getByText(`Showing 25 of ${crowdSize / surnames.length}`)).toBeVisible();
  await page.getByLabel("State").selectOption("Active");
  await expect(page.getByText("No user matches")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Search name or e-mail")).toHaveValue("castell");
  await expect(page.getByText("No user matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page.getByText(`of ${crowdSize + 1}`)).toBeVisible();
});

test("several users are disabled at once, after the count was named", async ({ newDevice }) => {
  const page = await newDevice(admin);
  await page.goto("/admin/users?q=person-10&sort=name&order=asc");
  for (const number of ["100", "101", "102"]) await page.getByLabel(`Select person-${number}@`).check();
  const bar = page.getByRole("region", { name: "Selected users" });
  await expect(bar).toContainText("3 selected");
  await bar.getByRole("button", { name: "Disable 3 users" }).click();
  await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(3);
  await inDialog(page, "Disable 3 users").click();
  await expect(toastOf(page, "3 users disabled")).toBeVisible();
  await expect(
    page.getByRole("row", { name: /person-10[012]@/ }).filter({ hasText: "Disabled" }),
  ).toHaveCount(3);
  await expect(page.getByRole("row", { name: "person-103@" })).not.toContainText("Disabled");
});

test("the last administrator can be neither disabled nor demoted, and is told why", async ({
  host,
  newDevice,
}) => {
  const page = await newDevice(admin);
  await page.goto(`/admin/users?q=${encodeURIComponent(host.admin.email)}`);
  await chooseRowAction(page, host.admin.email, "Disable");
  await inDialog(page, "Disable").click();
  await expect(page.getByRole("dialog")).toContainText("This is the last active administrator");
  await inDialog(page, "Cancel").click();

  await page.getByRole("link", { name: host.admin.email }).click();
  await page.getByRole("radio", { name: /^Member/ }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(/This is the last active administrator/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: /^Administrator/ })).toBeChecked();
});

test("deleting asks for the address, can be undone at once and restored later", async ({ newDevice }) => {
  const email = "person-200@crowd.example";
  const page = await newDevice(admin);
  const row = page.getByRole("row", { name: email });
  const confirm = async () => {
    await chooseRowAction(page, email, "Delete");
    await page.getByLabel(`Type ${email} to confirm`).fill(email);
    await inDialog(page, "Delete user").click();
    await expect(row).toHaveCount(0);
  };
  await page.goto("/admin/users?q=person-200");
  await chooseRowAction(page, email, "Delete");
  await page.getByLabel(`Type ${email} to confirm`).fill("person-201@crowd.example");
  await inDialog(page, "Delete user").click();
  await expect(page.getByText(`Type “${email}” exactly as shown.`)).toBeVisible();
  await inDialog(page, "Cancel").click();
  await expect(row).toBeVisible();

  await confirm();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toBeVisible();

  await confirm();
  await page.getByRole("link", { name: "Search deleted accounts" }).click();
  await expect(row).toContainText("Deleted");
  await chooseRowAction(page, email, "Restore");
  await inDialog(page, "Restore").click();
  // Behind an open dialog no row is found either, and leaving the page then would break the call off.
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(row).toHaveCount(0);
  await page.goto("/admin/users?q=person-200");
  await expect(row).toContainText("Invited");
});

test("a changed setting is kept, and the audit log shows it with what it was before", async ({
  newDevice,
}) => {
  const page = await newDevice(admin);
  await page.goto("/admin/settings");
  const attempts = page.getByLabel("Wrong passwords before a pause", { exact: true });
  await attempts.fill("2");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("From 3 to 100.")).toBeVisible();
  await attempts.fill("7");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(toastOf(page, "Settings saved")).toBeVisible();
  await page.reload();
  await expect(attempts).toHaveValue("7");

  await page.goto("/admin/audit?action=settings.changed");
  await page.getByRole("button", { name: /changed the settings/ }).click();
  const change = page.getByRole("dialog").getByRole("region", { name: "What changed" });
  await expect(change).toContainText("Wrong passwords before a pause");
  await expect(change).toContainText(/5.*7/);
});

test("a choice, a switch and a list are kept, and a switch that would lock out says so at its place", async ({
  newDevice,
}) => {
  const page = await newDevice(admin);
  await page.goto("/admin/settings");
  const makers = page.getByLabel("New accounts are made by", { exact: true });
  const domains = page.getByLabel("Only with mail addresses of these domains", { exact: true });
  await makers.selectOption("invitation");
  await domains.fill("Lab.example, @other.example");
  await page.getByRole("switch", { name: "It asks for the second factor itself" }).check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(toastOf(page, "Settings saved")).toBeVisible();
  await page.reload();
  await expect(makers).toHaveValue("invitation");
  await expect(domains).toHaveValue("lab.example\nother.example");
  await expect(page.getByRole("switch", { name: "It asks for the second factor itself" })).toBeChecked();

  const needed = page.getByRole("switch", { name: "Administrators need a second factor" });
  await needed.check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Set up your own second factor first")).toBeVisible();
  await expect(needed).toBeFocused();
});

test("the security page counts what is left to do, and leads to the cure", async ({ newDevice }) => {
  const page = await newDevice(admin);
  await page.goto("/admin");
  await page.getByRole("link", { name: "Checklist" }).click();
  await expect(page.getByText(/^\d+ things? to do, \d+ to consider/)).toBeVisible();
  const backup = page.getByRole("listitem").filter({ hasText: "There is no backup" });
  await expect(backup).toContainText("To do");
  await expect(backup).toContainText("npm run admin -- backup");
  await page.getByRole("link", { name: "Set up your own" }).click();
  await expect(page).toHaveURL(/\/account\/security$/);
});

test("the audit log is filtered, verified and exported whole", async ({ newDevice }) => {
  const page = await newDevice(admin);
  await page.goto("/admin/audit");
  await page.getByLabel("Action").selectOption("Made an account");
  await page.getByLabel("Object: name or id").fill("person-007");
  const rows = page.getByRole("table", { name: "Audit events" }).locator("tbody").getByRole("row");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("person-007@crowd.example");

  await page.getByRole("button", { name: "Verify the chain" }).click();
  const verdict = page.getByRole("status").filter({ hasText: /^Verified up to event/ });
  await expect(verdict).toContainText("Nothing was changed, removed or reordered.");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trimEnd().split("\n");
  const positions = lines.map((line) => (JSON.parse(line) as { position: number }).position);
  expect(positions).toEqual(positions.map((_, index) => index + 1));
  expect(positions.length).toBeGreaterThan(crowdSize);
});

test("the command palette finds a page and a user without the mouse", async ({ newDevice }) => {
  const page = await newDevice(admin);
  await page.goto("/dashboard");
  const palette = page.getByRole("combobox", { name: "Search and go to" });
  const option = (name: string) => page.getByRole("option", { name });
  // A key pressed before the page listens is lost, as any key is; a person presses again.
  const openPalette = () =>
    expect(async () => {
      if (!(await palette.isVisible())) await page.keyboard.press("Control+k");
      await expect(palette).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 10_000 });
  await openPalette();
  await palette.fill("audit");
  await expect(option("Audit")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/admin\/audit$/);

  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
  await openPalette();
  await palette.fill("person 042");
  await expect(option("Person 042")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Person 042");
});

test("without a mail server, what was to be mailed is read on a page, link and all", async ({
  newDevice,
}) => {
  const page = await newDevice(admin);
  await page.goto("/admin/users");
  await page.getByRole("button", { name: "Invite a user" }).click();
  await page.getByLabel("E-mail", { exact: true }).fill("greta@crowd.example");
  await page.getByLabel("Name", { exact: true }).fill("Greta Field");
  await page.getByLabel("Send it by mail").check();
  await inDialog(page, "Create invitation").click();
  const link = await page.getByRole("textbox", { name: "Invitation link" }).inputValue();
  noteSecret(new URL(link).hash.slice(1));
  await expect(page.getByRole("dialog")).toContainText("on its way by mail");
  await inDialog(page, "Done").click();

  await page.goto("/admin/mail");
  await expect(page.getByText("No mail server is set")).toBeVisible();
  const row = page.getByRole("row", { name: /greta@crowd\.example/ });
  // The page looks again by itself until the mail was written.
  await expect(row).toContainText("Kept here", { timeout: 20_000 });
  await row.getByRole("button", { name: /greta@crowd\.example/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Show the text" }).click();
  const text = page.getByRole("dialog").getByRole("region", { name: "Text of the mail" });
  await expect(text).toContainText(link);
  await expect(text.getByRole("button", { name: "Copy link" })).toBeVisible();

  await inDialog(page, "Write it anew").click();
  await expect(toastOf(page, "It is in the queue again")).toBeVisible();
  await page.goto("/admin/audit?action=mail.read");
  await expect(page.getByRole("table").getByText("read a kept mail")).toBeVisible();
});

// Seen failing: without the ref in nav-list.tsx.
test("on a low screen the sidebar shows the page that is open", async ({ newDevice }) => {
  const page = await newDevice(admin);
  await page.setViewportSize({ width: 1280, height: 600 });
  await page.goto("/admin/settings");
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current=page]")).toBeInViewport({
    ratio: 1,
  });
});

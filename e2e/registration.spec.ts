import type { Page } from "playwright/test";
import { connectApp, nextCode } from "./support/browser-factors";
import { expect, linkTo, mailTo, test } from "./support/browser-mail";
import { expectSignedOutWithinASecond, fillSignIn, inDialog, signIn, toastOf } from "./support/browser-steps";
import type { Client } from "./support/client";
import { noteSecret } from "./support/evidence";
import { createKey, createPerson, type Person, signInAdmin } from "./support/people";

const password = "seven wooden spoons in a drawer";
noteSecret(password);

let admin: Client;
const registration = (value: "closed" | "invitation" | "open") =>
  admin.api("PATCH", "/api/v1/admin/settings", { registration: value });

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
  expect((await registration("open")).status).toBe(200);
});

async function askForPassword(page: Page, email: string): Promise<void> {
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
}

test("somebody registers, finds the mail, chooses a password, connects an app and signs in with a code", async ({
  host,
  mailServer,
  newDevice,
}) => {
  const email = "nora@lab.example";
  const page = await newDevice();
  await page.goto("/login");
  await page.getByRole("link", { name: "Make an account" }).click();
  await expect(page.getByRole("heading", { name: "Make an account" })).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Your name").fill("Nora Lind");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();

  const link = await linkTo(mailServer, email, "Finish your registration");
  // The scanner of a mail server opens every link, and nothing comes of it.
  for (let round = 0; round < 2; round += 1)
    expect((await host.client().get(new URL(link).pathname)).status).toBe(200);
  await page.goto(link);
  await expect(page.getByText(email)).toBeVisible();
  expect(page.url()).not.toContain("#");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Make the account and sign in" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goto("/account");
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();

  const { secret } = await connectApp(page, host);
  const other = await newDevice();
  await signIn(other, email, password);
  await other.getByLabel("Code").fill(await nextCode(host, secret));
  await other.keyboard.press("Enter");
  await expect(other).toHaveURL(/\/dashboard$/);

  // Registering again tells nobody but the mailbox that the address is taken.
  const late = await newDevice();
  await late.goto("/register");
  await late.getByLabel("E-mail").fill(email);
  await late.getByLabel("Your name").fill("Somebody");
  await late.getByRole("button", { name: "Send me a link" }).click();
  await expect(late.getByRole("heading", { name: "Look into your mailbox" })).toBeVisible();
  expect(await mailTo(mailServer, email, "You have an account already")).toContain("/forgot");
});

test("a forgotten password is replaced by a link, and whoever has a second factor is still asked for it", async ({
  host,
  mailServer,
  newDevice,
}) => {
  const person = await createPerson(host, admin);
  const page = await newDevice(person.client);
  const { secret } = await connectApp(page, host);

  const lost = await newDevice();
  await askForPassword(lost, person.email);
  await lost.goto(await linkTo(mailServer, person.email, "Choose a new password"));
  await lost.getByLabel("New password").fill(password);
  await lost.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(lost.getByRole("heading", { name: "One more step" })).toBeVisible();
  await expectSignedOutWithinASecond(page);
  await lost.getByLabel("Code").fill(await nextCode(host, secret));
  await lost.keyboard.press("Enter");
  await expect(lost).toHaveURL(/\/dashboard$/);
  await mailTo(mailServer, person.email, "Your password was changed");
});

test("another e-mail address counts once its link was used, and both addresses are told", async ({
  host,
  mailServer,
  newDevice,
}) => {
  const person = await createPerson(host, admin);
  const email = "moved@lab.example";
  const page = await newDevice(person.client);
  await page.goto("/account");
  await expect(page.getByText("Not confirmed yet")).toBeVisible();
  await page.getByLabel("New address").fill(email);
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page.getByText(`If ${email} is free, a link is on its way there.`)).toBeVisible();

  const link = await linkTo(mailServer, email, "Confirm your new e-mail address");
  const mailbox = await newDevice();
  await mailbox.goto(link);
  await expect(mailbox.getByText(email)).toBeVisible();
  await page.reload();
  await expect(page.getByText("Not confirmed yet")).toBeVisible();
  await mailbox.getByRole("button", { name: "Confirm" }).click();
  await expect(mailbox.getByText(`${email} is yours.`)).toBeVisible();
  for (const address of [person.email, email])
    expect(await mailTo(mailServer, address, "Your e-mail address was changed")).toContain(email);

  await page.reload();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  await mailbox.goto("/login");
  await fillSignIn(mailbox, person.email, person.password);
  await expect(mailbox.getByRole("alert").filter({ hasText: "E-mail or password is wrong" })).toBeVisible();
  await fillSignIn(mailbox, email, person.password);
  await expect(mailbox).toHaveURL(/\/dashboard$/);
  const late = await newDevice();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("the address one has is confirmed by a link", async ({ host, mailServer, newDevice }) => {
  const person = await createPerson(host, admin);
  const page = await newDevice(person.client);
  await page.goto("/account");
  await page.getByRole("button", { name: "Send me a link to confirm it" }).click();
  await expect(toastOf(page, "A link is on its way")).toBeVisible();
  await page.goto(await linkTo(mailServer, person.email, "Confirm your e-mail address"));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.getByRole("link", { name: "Go to your account" }).click();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
});

test("everything held about somebody is one file, and the account can be deleted by who has it", async ({
  host,
  mailServer,
  newDevice,
}) => {
  const person: Person = await createPerson(host, admin);
  const { secret } = await createKey(person.client, { scopes: ["models:read"] });
  const page = await newDevice(person.client);
  await page.goto("/account/data");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("adyton-my-data.json");

  await page.getByRole("button", { name: "Delete account" }).click();
  await inDialog(page, "Delete account").click();
  await expect(page.getByText("exactly as shown")).toBeVisible();
  await page.getByRole("dialog").getByRole("textbox").fill(person.email);
  await inDialog(page, "Delete account").click();
  await expect(page.getByText("Your account was deleted")).toBeVisible();
  expect((await host.client().get("/api/v1/models", { "x-api-key": secret })).status).toBe(401);
  await fillSignIn(page, person.email, person.password);
  await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong" })).toBeVisible();
  await mailTo(mailServer, person.email, "Your account was deleted");
});

test("where only people who have an account may invite, the link they send makes one", async ({
  host,
  mailServer,
  newDevice,
}) => {
  await registration("invitation");
  const person = await createPerson(host, admin);
  const page = await newDevice(person.client);
  await page.goto("/account/data");
  await page.getByLabel("E-mail").fill("guest@lab.example");
  await page.getByLabel("Name").fill("A Guest");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("list", { name: "People you invited" })).toContainText("guest@lab.example");

  const guest = await newDevice();
  await guest.goto("/register");
  await expect(guest.getByRole("heading", { name: "Accounts are not open to everybody here" })).toBeVisible();
  await guest.goto(await linkTo(mailServer, "guest@lab.example", "You are invited"));
  await guest.getByLabel("Password", { exact: true }).fill(password);
  await guest.getByRole("button", { name: "Make the account and sign in" }).click();
  await expect(guest).toHaveURL(/\/dashboard$/);
  await registration("open");
});

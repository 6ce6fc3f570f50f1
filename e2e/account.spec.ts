import {
  expectSignedOutWithinASecond,
  fillSignIn,
  inDialog,
  signIn,
  statusOfOwnCall,
  toastOf,
} from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import { createPerson, signInAdmin, signInAgain } from "./support/people";

test.use({ install: { name: "account" } });

const minuteMs = 60_000;

test("changing the password signs every other device out and leaves this one", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, await signInAdmin(host));
  const page = await newDevice(person.client);
  const other = await newDevice(await signInAgain(person));
  await other.goto("/account");
  expect(await statusOfOwnCall(other)).toBe(200);

  await page.goto("/account");
  await page.getByLabel("Current password").fill(person.password);
  await page.getByLabel("New password").fill("seven wooden spoons");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(toastOf(page, "Password changed")).toBeVisible();
  await expectSignedOutWithinASecond(other);

  await page.reload();
  await expect(page).toHaveURL(/\/account$/);
  await signIn(other, person.email, "seven wooden spoons");
  await expect(other).toHaveURL(/\/dashboard$/);
});

test("ending a session on the sessions page ends that device", async ({ host, newDevice }) => {
  const person = await createPerson(host, await signInAdmin(host));
  const page = await newDevice(person.client);
  const other = await newDevice();
  await signIn(other, person.email, person.password);
  await expect(other).toHaveURL(/\/dashboard$/);

  await page.goto("/account/sessions");
  await page.getByRole("button", { name: /^End the session of Chrom/ }).click();
  await inDialog(page, "End session").click();
  await expect(toastOf(page, "Session ended")).toBeVisible();
  await expectSignedOutWithinASecond(other);
  await expect(page.getByRole("table", { name: "Your sessions" }).getByRole("row")).toHaveCount(2);
  expect(await statusOfOwnCall(page)).toBe(200);
});

test("after five wrong passwords the page counts down to the next try and then lets in", async ({
  host,
  newDevice,
}) => {
  const person = await createPerson(host, await signInAdmin(host));
  const page = await newDevice();
  await page.clock.install();
  await page.goto("/login");
  await fillSignIn(page, person.email, "not the password");
  await expect(page.getByRole("alert").filter({ hasText: "E-mail or password is wrong" })).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  for (let attempt = 2; attempt <= 5; attempt += 1)
    expect((await host.client().signIn(person.email, "not the password")).status).toBe(401);

  await fillSignIn(page, person.email, person.password);
  await expect(page.getByRole("timer")).toHaveText(/^1[45]:\d\d$/);
  await expect(page.getByRole("button", { name: /^Try again in 1[45]:/ })).toBeDisabled();
  await page.clock.fastForward(5 * minuteMs);
  await expect(page.getByRole("timer")).toHaveText(/^(9|10):\d\d$/);

  await host.moveClock(15 * minuteMs);
  await page.clock.fastForward(10 * minuteMs);
  await expect(page.getByText("You can try again now")).toBeVisible();
  await fillSignIn(page, person.email, person.password);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("after three wrong passwords the browser solves a riddle by itself, and the right one lets in", async ({
  host,
  newDevice,
}) => {
  await host.moveClock(15 * minuteMs);
  const person = await createPerson(host, await signInAdmin(host));
  for (let attempt = 1; attempt <= 3; attempt += 1)
    expect((await host.client().signIn(person.email, "not the password")).status).toBe(401);
  const page = await newDevice();
  await page.goto("/login");
  const solved = page.waitForRequest((request) => request.postData()?.includes("captcha=") ?? false);
  await fillSignIn(page, person.email, person.password);
  await solved;
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("signing in and out needs no mouse", async ({ host, newDevice }) => {
  // The wrong passwords of the tests above are forgotten.
  await host.moveClock(15 * minuteMs);
  const person = await createPerson(host, await signInAdmin(host));
  const page = await newDevice();
  await page.goto("/login");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(person.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hello, ${person.name}`);

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  const menu = page.getByRole("button", { name: `Account of ${person.name}` });
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Tab");
    if (await menu.evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Account" })).toBeFocused();
  // The last entry of the menu.
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/login$/);
  expect(await statusOfOwnCall(page)).toBe(401);
});

test("a reset link from the administration sets a new password once and ends the old sessions", async ({
  host,
  newDevice,
}) => {
  const admin = await signInAdmin(host);
  const person = await createPerson(host, admin);
  const adminPage = await newDevice(admin);
  const openPage = await newDevice(person.client);
  await openPage.goto("/dashboard");
  await adminPage.goto(`/admin/users/${person.id}`);
  await adminPage.getByRole("button", { name: "Start password reset" }).click();
  await inDialog(adminPage, "Make the link").click();
  const link = await adminPage.getByLabel("Password reset link", { exact: true }).inputValue();
  expect(await statusOfOwnCall(openPage)).toBe(200);

  const page = await newDevice();
  await page.goto(link);
  await expect(page.getByText(person.email)).toBeVisible();
  await page.getByLabel("New password").fill("nine copper kettles");
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expectSignedOutWithinASecond(openPage);
  expect((await host.client().signIn(person.email, person.password)).status).toBe(401);

  const late = await newDevice();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
});

test("a link that is dead or cut short says what to do", async ({ newDevice }) => {
  const page = await newDevice();
  await page.goto(`/invite#${"0".repeat(43)}`);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await page.goto("/reset");
  await expect(page.getByRole("heading", { name: "Your reset link is not complete" })).toBeVisible();
  await page.getByRole("link", { name: "Go to the sign-in page" }).click();
  await expect(page).toHaveURL(/\/login$/);
});

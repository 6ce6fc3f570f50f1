import type { Page } from "playwright/test";
import {
  addFingerprintReader,
  connectApp,
  moveClocks,
  nextCode,
  readAppSecret,
  storeRecoveryCodes,
  wrongCode,
} from "./support/browser-factors";
import {
  chooseRowAction,
  fillSignIn,
  inDialog,
  signIn,
  signOut,
  statusOfOwnCall,
  toastOf,
} from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import { createPerson, signInAdmin } from "./support/people";
import type { Host } from "./support/start-host";

test.use({ install: { name: "second-factor" } });

const minuteMs = 60_000;
const codeStep = (page: Page) => page.getByRole("heading", { name: "One more step" });
const stepUp = (page: Page) => page.getByRole("dialog", { name: "Is it still you?" });

/** Signed in anew each time: these tests let hours pass. */
const newPerson = async (host: Host) => createPerson(host, await signInAdmin(host));

test("an app that was connected is asked for at the next sign-in, and there is no session before", async ({
  host,
  newDevice,
}) => {
  const person = await newPerson(host);
  const page = await newDevice(person.client);
  const { secret, codes } = await connectApp(page, host);
  await expect(page.getByText(/^Connected/)).toBeVisible();
  await signOut(page);

  await fillSignIn(page, person.email, person.password);
  await expect(codeStep(page)).toBeVisible();
  await expect(page.getByLabel("Code")).toBeFocused();
  expect(await statusOfOwnCall(page)).toBe(401);
  const code = await nextCode(host, secret);
  await page.getByLabel("Code").fill(wrongCode(code));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "The code is wrong" })).toBeVisible();
  expect(await statusOfOwnCall(page)).toBe(401);
  // As the app shows it.
  await page.getByLabel("Code").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/dashboard$/);

  await test.step("without the phone a recovery code does, once", async () => {
    const [recoveryCode = ""] = codes;
    for (const [device, isTaken] of [
      [await newDevice(), true],
      [await newDevice(), false],
    ] as const) {
      await signIn(device, person.email, person.password);
      await device.getByRole("button", { name: "Use a recovery code instead" }).click();
      await device.getByLabel("Recovery code").fill(recoveryCode.toUpperCase());
      await device.getByRole("button", { name: "Continue" }).click();
      if (isTaken) await expect(device).toHaveURL(/\/dashboard$/);
      else await expect(device.getByText("The code is wrong")).toBeVisible();
    }
    await page.goto("/account/security");
    await expect(page.getByText("9 left")).toBeVisible();
  });

  await test.step("five wrong codes are followed by a pause that counts down", async () => {
    const device = await newDevice();
    await signIn(device, person.email, person.password);
    await expect(codeStep(device)).toBeVisible();
    // Two wrong ones were typed before.
    for (let count = 3; count <= 6; count += 1) {
      await device.getByLabel("Code").fill(wrongCode(await nextCode(host, secret)));
      const answer = device.waitForResponse(/callback\/credentials/);
      await device.keyboard.press("Enter");
      await answer;
      await expect(device.locator("[aria-busy]")).toHaveCount(0);
    }
    await expect(device.getByRole("timer")).toHaveText(/^1[0-4]:\d\d$/);
    await expect(device.getByRole("button", { name: /^Try again in/ })).toBeDisabled();
  });
});

test("a new password does not get around the second factor", async ({ host, newDevice }) => {
  const person = await newPerson(host);
  const { secret } = await connectApp(await newDevice(person.client), host);
  const started = await (await signInAdmin(host)).api("POST", `/api/v1/admin/users/${person.id}/password`);
  const page = await newDevice();
  await page.goto(started.json<{ url: string }>().url);
  await page.getByLabel("New password").fill("nine copper kettles");
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(codeStep(page)).toBeVisible();
  // What was begun is not left in the address bar.
  await expect(page).toHaveURL(/\/login$/);
  expect(await statusOfOwnCall(page)).toBe(401);
  await page.getByLabel("Code").fill(await nextCode(host, secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test("a passkey is the second step after a password, and signs in alone", async ({ host, newDevice }) => {
  const person = await newPerson(host);
  const page = await newDevice(person.client);
  await addFingerprintReader(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("dialog").getByLabel("Name")).not.toHaveValue("");
  await page.getByRole("dialog").getByLabel("Name").fill("Laptop");
  await inDialog(page, "Go on").click();
  await storeRecoveryCodes(page, "Done");
  await expect(page.getByRole("table", { name: "Your passkeys" })).toContainText("Laptop");

  await signOut(page);
  await fillSignIn(page, person.email, person.password);
  await expect(codeStep(page)).toBeVisible();
  expect(await statusOfOwnCall(page)).toBe(401);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);

  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByText(`You are signed in as ${person.email}.`)).toBeVisible();

  await page.goto("/account/security");
  await chooseRowAction(page, "Laptop", "Rename");
  await page.getByRole("dialog").getByLabel("Name").fill("Old laptop");
  await inDialog(page, "Save").click();
  await expect(page.getByRole("table", { name: "Your passkeys" })).toContainText("Old laptop");
  await chooseRowAction(page, "Old laptop", "Remove");
  await inDialog(page, "Remove passkey").click();
  await expect(toastOf(page, "Passkey removed")).toBeVisible();
  await expect(page.getByRole("table", { name: "Your passkeys" })).toHaveCount(0);

  // The device still has it; it opens nothing any more.
  await signOut(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("Not signed in")).toBeVisible();
  expect(await statusOfOwnCall(page)).toBe(401);
});

test("after a quarter of an hour a proof is asked for before a key is made, and nothing typed is lost", async ({
  host,
  newDevice,
}) => {
  const person = await newPerson(host);
  const page = await newDevice(person.client);
  await page.goto("/keys");
  await page.getByRole("button", { name: "Create your first key" }).click();
  await page.getByLabel("Name").fill("Nightly report");
  await moveClocks(host, 16 * minuteMs);
  await inDialog(page, "Create key").click();
  // The dialog is there a moment before it takes keys.
  await expect(stepUp(page).getByLabel("Password", { exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(stepUp(page)).toHaveCount(0);
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Nightly report");

  await inDialog(page, "Create key").click();
  await expect(stepUp(page).getByLabel("Password", { exact: true })).toBeFocused();
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await expect(
    stepUp(page)
      .getByText(/wrong|not your/)
      .first(),
  ).toBeVisible();
  await stepUp(page).getByLabel("Password", { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("API key", { exact: true })).toHaveValue(/^ady_/);
  await page.getByLabel("I have stored it").check();
  await inDialog(page, "Done").click();

  await test.step("whoever has a second factor proves with that", async () => {
    const { secret } = await connectApp(page, host);
    await moveClocks(host, 16 * minuteMs);
    await page.getByRole("button", { name: "Remove app" }).click();
    await inDialog(page, "Remove app").click();
    await expect(stepUp(page).getByLabel("Code")).toBeFocused();
    await expect(stepUp(page).getByLabel("Password", { exact: true })).toHaveCount(0);
    await page.keyboard.type(await nextCode(host, secret));
    await page.keyboard.press("Enter");
    await expect(toastOf(page, "Authenticator app removed")).toBeVisible();
    await expect(page.getByRole("button", { name: "Connect an app" })).toBeVisible();
  });
});

test("an administrator resets the factors of somebody whose phone is gone", async ({ host, newDevice }) => {
  const person = await newPerson(host);
  await connectApp(await newDevice(person.client), host);
  const page = await newDevice(await signInAdmin(host));
  await page.goto(`/admin/users/${person.id}`);
  await expect(page.getByText("Authenticator app, 10 recovery codes left.")).toBeVisible();
  await page.getByRole("button", { name: "Reset second factor" }).click();
  await inDialog(page, "Reset second factor").click();
  await expect(page.getByText("The password alone is enough to sign in.")).toBeVisible();
  const device = await newDevice();
  await signIn(device, person.email, person.password);
  await expect(device).toHaveURL(/\/dashboard$/);
});

test("whoever needs a second factor and has none makes one on the way in", async ({ host, newDevice }) => {
  const person = await newPerson(host);
  const settings = "/api/v1/admin/settings";
  const fresh = await signInAdmin(host);
  expect((await fresh.api("PATCH", settings, { second_factor_members: true })).status).toBe(200);
  const page = await newDevice();
  await signIn(page, person.email, person.password);
  await expect(page.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  const secret = await readAppSecret(page);
  expect(await statusOfOwnCall(page)).toBe(401);
  await page.getByLabel("Code").fill(await nextCode(host, secret));
  await page.getByRole("button", { name: "Connect and sign in" }).click();
  await storeRecoveryCodes(page, "Go on");
  await expect(page).toHaveURL(/\/dashboard$/);
  expect((await fresh.api("PATCH", settings, { second_factor_members: null })).status).toBe(200);
});

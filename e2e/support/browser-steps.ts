import { expect, type Page } from "playwright/test";
import type { Host } from "./start-host";

/** The password that the first start of an install prints. */
export function printedPassword(host: Host): string {
  const [, password] = /^ +password +(\S+)/m.exec(host.logs()) ?? [];
  if (!password) throw new Error(`No password was printed:\n${host.logs()}`);
  return password;
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/login");
  await fillSignIn(page, email, password);
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login$/);
}

/** What a script in the open page is answered when it asks the API who it is. */
export const statusOfOwnCall = (page: Page): Promise<number> =>
  page.evaluate(async () => (await fetch("/api/auth/me")).status);

/**
 * The session behind an open page is over for each call that is made from a second from now on, however long the
 * answer takes, and the page takes away what it showed.
 * Seen failing: with a cache of five seconds in `findLiveSession` the call is answered 200 here.
 */
export async function expectSignedOutWithinASecond(page: Page): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await statusOfOwnCall(page)).toBe(401);
  // Somebody comes back to the window.
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(page.getByRole("heading", { name: "You were signed out" })).toBeVisible();
}

export async function chooseRowAction(page: Page, email: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${email}` }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

export const inDialog = (page: Page, button: string) =>
  page.getByRole("dialog").getByRole("button", { name: button, exact: true });

export const toastOf = (page: Page, text: string) =>
  page.getByRole("region", { name: /notifications/i }).getByText(text, { exact: true });

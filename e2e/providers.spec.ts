import type { Page } from "playwright/test";
import { connectApp, nextCode } from "./support/browser-factors";
import { inDialog, signOut, statusOfOwnCall } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { createPerson, signInAdmin } from "./support/people";
import { type RealIssuer, startRealIssuer } from "./support/real-issuer";

test.use({ install: { name: "providers" } });

let admin: Client;
let issuer: RealIssuer;
test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
  const person = { email: "mira@lab.example", email_verified: true, name: "Mira Quill" };
  issuer = await startRealIssuer(`http://localhost:${host.port}/api/auth/callback/lab`, { mira: person });
});
test.afterAll(() => issuer?.stop());

/** On the pages of the service, which are not ours. */
async function signInThere(page: Page): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill("mira");
  await page.getByPlaceholder("and password").fill("x");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a service is added, connected from the account, and signs in; a second factor is asked for all the same", async ({
  host,
  newDevice,
}) => {
  await test.step("an administrator adds it, and a mistake in the issuer is told at once", async () => {
    const page = await newDevice(admin);
    await page.goto("/admin/providers");
    await page.getByRole("button", { name: "Add service" }).click();
    await page.getByLabel("Kind").selectOption("OpenID Connect");
    await page.getByLabel("Name on the button").fill("Lab");
    await page.getByLabel("Short name").fill("lab");
    await expect(page.getByText(`http://localhost:${host.port}/api/auth/callback/lab`)).toBeVisible();
    await page.getByLabel("Issuer").fill(`${issuer.url}/wrong`);
    await page.getByLabel("Client id").fill(issuer.client.client_id);
    await page.getByLabel("Client secret").fill(issuer.client.client_secret);
    await inDialog(page, "Add service").click();
    await expect(page.getByText(/answered 404, not a description/)).toBeVisible();
    await page.getByLabel("Issuer").fill(issuer.url);
    await inDialog(page, "Add service").click();
    await expect(page.getByRole("heading", { name: "Lab" })).toBeVisible();
  });

  const person = await createPerson(host, admin);
  const page = await newDevice(person.client);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Connect Lab" }).click();
  await signInThere(page);
  await expect(page.getByText("Lab is connected")).toBeVisible();
  await expect(page.getByText("mira@lab.example")).toBeVisible();

  await signOut(page);
  await page.goto("/login?next=/keys");
  await page.getByRole("button", { name: "Sign in with Lab" }).click();
  // The service remembers who signed in there.
  await expect(page.getByRole("heading", { level: 1, name: "API keys" })).toBeVisible();
  expect(await statusOfOwnCall(page)).toBe(200);

  const { secret } = await connectApp(page, host);
  await signOut(page);
  await page.getByRole("button", { name: "Sign in with Lab" }).click();
  await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
  expect(await statusOfOwnCall(page)).toBe(401);
  await page.getByLabel("Code").fill(await nextCode(host, secret));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/dashboard$/);

  await test.step("disconnected, it opens nothing any more", async () => {
    await page.goto("/account/security");
    await page.getByRole("button", { name: "Disconnect Lab" }).click();
    await inDialog(page, "Disconnect").click();
    await expect(page.getByRole("button", { name: "Connect Lab" })).toBeVisible();
    await signOut(page);
    await page.getByRole("button", { name: "Sign in with Lab" }).click();
    await expect(page.getByText("This sign-in belongs to no account here")).toBeVisible();
    expect(await statusOfOwnCall(page)).toBe(401);
  });
});

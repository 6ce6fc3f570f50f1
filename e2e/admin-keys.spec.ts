import { inDialog, toastOf } from "./support/browser-steps";
import { expect, test } from "./support/browser-test";
import type { Client } from "./support/client";
import { noteSecret } from "./support/evidence";
import { freshRetryAfter } from "./support/fresh-retry-after";
import { createPerson, type Person, signInAdmin } from "./support/people";
import type { Host } from "./support/start-host";

test.use({ install: { name: "admin-keys" } });

let admin: Client;
let mira: Person;
let jonas: Person;

test.beforeAll(async ({ host }) => {
  admin = await signInAdmin(host);
  mira = await createPerson(host, admin, { name: "Mira Quill", email: "mira@keys.example" });
  jonas = await createPerson(host, admin, { name: "Jonas Feld", email: "jonas@keys.example" });
});

type MadeKey = { key: { id: string }; secret: string };

async function makeKey({ client }: Person, name: string): Promise<MadeKey> {
  const answer = await client.api("POST", "/api/v1/keys", { name, scopes: ["predict"] });
  if (answer.status !== 201) throw new Error(`No key was made: ${answer.status} ${answer.text}`);
  const made = answer.json<MadeKey>();
  noteSecret(made.secret);
  return made;
}

/** An access token, as a program gets one with the password. */
async function signInProgram(host: Host, { email, password }: Person): Promise<string> {
  const answer = await host.client().api("POST", "/api/auth/login", { email, password });
  if (answer.status !== 200) throw new Error(`Not signed in: ${answer.status} ${answer.text}`);
  const { access_token: token } = answer.json<{ access_token: string }>();
  noteSecret(token);
  return token;
}

/** A program somewhere else: no cookies, only what it was given. */
const verifyAs = (host: Host, secret: string) =>
  host.client().get("/api/v1/verify", { authorization: `Bearer ${secret}` });

// Seen failing: without the state in `findLiveKey` the revoked key is answered 200.
test("a key is found by its owner and taken back with a reason, which its owner reads", async ({
  host,
  newDevice,
}) => {
  const { secret } = await makeKey(mira, "nightly report");
  await makeKey(jonas, "kitchen timer");
  expect((await verifyAs(host, secret)).status).toBe(200);
  const page = await newDevice(admin);
  const row = page.getByRole("row", { name: "nightly report" });
  const other = page.getByRole("row", { name: "kitchen timer" });
  await page.goto("/admin/keys");
  await expect(row).toBeVisible();
  await expect(other).toBeVisible();

  await page.getByLabel("Owner: name, e-mail or user id").fill("quill");
  await expect(page.getByText("Showing 1 of 1")).toBeVisible();
  await page.getByLabel("Last used").selectOption("Never used");
  await expect(page.getByText("No key matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await page.getByRole("link", { name: "Live, never used" }).click();
  await expect(row).toHaveCount(0);
  await expect(other).toBeVisible();
  await page.goto("/admin/keys?owner=mira");

  await page.getByRole("button", { name: "Revoke nightly report of mira@keys.example" }).click();
  await inDialog(page, "Revoke key").click();
  await expect(page.getByText("Say why: the owner has to know what to change.")).toBeVisible();
  await page.getByLabel("Reason").fill("It was in a public repository");
  await inDialog(page, "Revoke key").click();
  await expect(toastOf(page, "nightly report is revoked")).toBeVisible();
  const refused = await verifyAs(host, secret);
  expect([refused.status, refused.code]).toEqual([401, "key.revoked"]);
  await expect(row).toContainText("Revoked");
  await row.click();
  await expect(page.getByRole("dialog")).toContainText("It was in a public repository");

  const hers = await newDevice(mira.client);
  await hers.goto("/keys");
  await expect(hers.getByRole("row", { name: "nightly report" })).toContainText(
    "It was in a public repository",
  );
});

// Seen failing: with limits that `currentPlan` keeps for minutes and no word of the change, the fourth call is a 200.
test("a changed plan counts at once for the keys of everybody on it", async ({ host, newDevice }) => {
  const { secret } = await makeKey(jonas, "thermostat");
  // From now on the host knows the limits of the plan as they are.
  expect((await verifyAs(host, secret)).status).toBe(200);
  const page = await newDevice(admin);
  await page.goto("/admin/plans");
  await page.getByRole("button", { name: "Edit the plan Free" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Takes effect within a second for 2 users");
  const perMinute = dialog.getByLabel("Calls in a minute", { exact: true });
  await perMinute.fill("none");
  await inDialog(page, "Save changes").click();
  await expect(perMinute).toBeFocused();
  await expect(dialog).toContainText("Write a whole number, or choose no limit.");
  await perMinute.fill("3");
  await dialog.getByLabel("No limit: Calls in an hour").check();
  await inDialog(page, "Save changes").click();
  await expect(toastOf(page, "The plan Free is changed")).toBeVisible();
  await expect(page.getByText("3 calls a minute, 2 at the same time.")).toBeVisible();

  for (const call of [2, 3]) expect((await verifyAs(host, secret)).status, `call ${call}`).toBe(200);
  const refused = await verifyAs(host, secret);
  expect([refused.status, refused.code]).toEqual([429, "rate.limited"]);
  const seconds = await freshRetryAfter(() => verifyAs(host, secret));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  await host.moveClock((seconds - 2) * 1000);
  expect((await verifyAs(host, secret)).status).toBe(429);
  await host.moveClock(2_000);
  expect((await verifyAs(host, secret)).status).toBe(200);

  await page.goto("/admin/audit?action=plan.changed");
  await page.getByRole("button", { name: /changed a plan/ }).click();
  const change = page.getByRole("dialog").getByRole("region", { name: "What changed" });
  await expect(change).toContainText(/Calls in a minute.*10.*3/s);
});

// Seen failing: with retired keys that end at once the older token is a 401.
test("a new signing key signs nobody out", async ({ host, newDevice }) => {
  const whoIs = (token: string) => host.client().get("/api/auth/me", { authorization: `Bearer ${token}` });
  const older = await signInProgram(host, mira);
  expect((await whoIs(older)).status).toBe(200);

  const page = await newDevice(admin);
  await page.goto("/admin/settings");
  const keys = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Copy key id" }) });
  await expect(keys).toHaveCount(1);
  await expect(keys).toContainText("Signs");
  const before = await keys.locator("code").textContent();
  await page.getByRole("button", { name: "Make a new signing key" }).click();
  await expect(page.getByRole("dialog")).toContainText("Nobody is signed out.");
  await inDialog(page, "Make the key").click();
  await expect(toastOf(page, "New tokens are signed with the new key")).toBeVisible();
  // The host reads the keys again for a token of the new one, and still knows the one before.
  expect((await whoIs(await signInProgram(host, mira))).status).toBe(200);
  expect((await whoIs(older)).status).toBe(200);
  await expect(keys).toHaveCount(2);
  await expect(keys.filter({ hasText: "Retired" }).locator("code")).toHaveText(`${before}`);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Keys that sign access tokens" })).toBeVisible();
});

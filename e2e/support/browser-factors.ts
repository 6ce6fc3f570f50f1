import type { Page } from "playwright/test";
import { codeAt, stepAt } from "../../lib/factors/totp";
import { inDialog } from "./browser-steps";
import { expect } from "./browser-test";
import { noteSecret } from "./evidence";
import type { Host } from "./start-host";

const stepMs = 30_000;
const movedMs = new Map<Host, number>();

/** Moves the clock of the host, and that of the authenticator apps with it. */
export async function moveClocks(host: Host, ms: number): Promise<void> {
  await host.moveClock(ms);
  movedMs.set(host, (movedMs.get(host) ?? 0) + ms);
}

/** What the app on a phone would show. Each code is from a later half minute than the one before, as each works once. */
export async function nextCode(host: Host, secret: string): Promise<string> {
  await moveClocks(host, stepMs);
  return codeAt(secret, stepAt(new Date(Date.now() + (movedMs.get(host) ?? 0))));
}

export const wrongCode = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

export async function readAppSecret(page: Page): Promise<string> {
  const shown = page.getByRole("code").filter({ hasText: /^[A-Z2-7 ]{32,}$/ });
  const secret = ((await shown.textContent()) ?? "").replaceAll(/\s/g, "");
  noteSecret(secret);
  return secret;
}

/** Reads the codes off the page, which lets nobody on before they say that they stored them. */
export async function storeRecoveryCodes(page: Page, button: string): Promise<string[]> {
  const shown = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(shown).toHaveCount(10);
  const codes = await shown.allTextContents();
  for (const code of codes) noteSecret(code);
  await expect(page.getByRole("button", { name: button, exact: true })).toBeDisabled();
  await page.getByLabel("I have stored them").check();
  await page.getByRole("button", { name: button, exact: true }).click();
  return codes;
}

/** Connects an app on the account page; answers its secret and the recovery codes. */
export async function connectApp(page: Page, host: Host): Promise<{ secret: string; codes: string[] }> {
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Connect an app" }).click();
  const secret = await readAppSecret(page);
  await page
    .getByRole("dialog")
    .getByLabel("Code")
    .fill(await nextCode(host, secret));
  await inDialog(page, "Connect").click();
  const codes = await storeRecoveryCodes(page, "Done");
  return { secret, codes };
}

/** A fingerprint reader that always finds the right finger: Chromium's own for tests. */
export async function addFingerprintReader(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send("WebAuthn.enable");
  await browser.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

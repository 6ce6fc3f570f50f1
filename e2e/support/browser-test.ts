import { test as base, type Page } from "playwright/test";
import type { Client } from "./client";
import { type Host, startHost } from "./start-host";

/** One install for the tests of one file: another name is another host with an empty database. */
type Install = { name: string; env?: Record<string, string> };

type OfWorker = { install: Install; host: Host };
type OfTest = {
  /** A browser of its own, with the cookies of `client` when that is signed in already. */
  newDevice: (client?: Client) => Promise<Page>;
};

export { expect } from "playwright/test";

const listening = "data-listening";

/**
 * In a page: marks it once React listens to all of its controls. What is pressed before that is lost, and the moment
 * between the page being there and being listened to is long on a busy machine.
 */
function markWhenListening(mark: string): void {
  const isListenedTo = (control: Element) =>
    Object.keys(control).some((key) => key.startsWith("__reactProps$"));
  const isReady = () => {
    const controls = [...document.querySelectorAll("button, input, select, textarea")];
    // Pages of other people, as those of a sign-in service, were not made with React.
    const isOurs = document.querySelector("script[src^='/_next/']") !== null;
    return document.readyState === "complete" && (!isOurs || controls.every(isListenedTo));
  };
  let wasReady = false;
  // Again and again: where React makes the whole document anew, it takes the mark away.
  setInterval(() => {
    wasReady ||= isReady();
    if (wasReady) document.documentElement.setAttribute(mark, "");
  }, 20);
}

export const test = base.extend<OfTest, OfWorker>({
  install: [{ name: "default" }, { option: true, scope: "worker" }],
  host: [
    async ({ install }, use) => {
      const host = await startHost(install.env ? { env: install.env } : {});
      await use(host);
      await host.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  // The address the host calls its own, because links and the check of the origin go by it.
  baseURL: ({ host }, use) => use(`http://localhost:${host.port}`),
  newDevice: async ({ browser, baseURL }, use) => {
    const opened: Page[] = [];
    await use(async (client) => {
      const context = await browser.newContext();
      const cookies = [...(client?.cookies ?? [])].map(([name, value]) => ({
        name,
        value,
        url: `${baseURL}`,
      }));
      await context.addCookies(cookies);
      await context.addInitScript(markWhenListening, listening);
      const page = await context.newPage();
      await page.addLocatorHandler(page.locator(`html:not([${listening}])`), async () => {
        await page.locator(`html[${listening}]`).waitFor();
      });
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});

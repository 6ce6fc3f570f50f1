import { defineConfig } from "playwright/test";

const outputDir = "test-results/playwright";
// What the hosts log lies beside the traces of a failure; Playwright empties the folder before each run.
process.env.ADYTON_EVIDENCE ??= `${outputDir}/hosts`;

/** A few journeys through a real browser, against the production host. One at a time: two cores are few. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir,
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    locale: "en-US",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 800 },
    // Nothing moves, so nothing has to be waited for.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    launchOptions: {
      // Debian's own: it is updated with the system, and no test downloads a browser.
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});

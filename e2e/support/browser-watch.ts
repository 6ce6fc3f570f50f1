import type { Page, Response } from "playwright/test";

export type PageRecord = {
  /** What the browser complained about: faults of scripts, refusals of the content policy, dead addresses. */
  complaints: string[];
  foreignRequests: string[];
  scripts: Response[];
};

/** Writes down what a page does from now on. `refused` are paths whose refusal is what is being looked at. */
export async function watchPage(page: Page, origin: string, refused: string[] = []): Promise<PageRecord> {
  const record: PageRecord = { complaints: [], foreignRequests: [], scripts: [] };
  page.on("pageerror", (error) => record.complaints.push(`${error}`));
  page.on("console", (message) => {
    const isRefusal = refused.some((path) => message.location().url === `${origin}${path}`);
    if (["error", "warning"].includes(message.type()) && !isRefusal) record.complaints.push(message.text());
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) record.foreignRequests.push(url.href);
  });
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") record.scripts.push(response);
  });
  // A refused style or image is not always said on the console.
  await page.exposeFunction("adytonPolicyRefused", (what: string) => record.complaints.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, lineNumber }) => {
      const { adytonPolicyRefused } = window as unknown as { adytonPolicyRefused: (what: string) => void };
      adytonPolicyRefused(
        `The content policy refused ${violatedDirective} ${blockedURI} (line ${lineNumber})`,
      );
    });
  });
  return record;
}

/** As sent over the wire, that is compressed. */
export async function kilobytesOf(responses: Response[]): Promise<number> {
  const sizes = await Promise.all(responses.map((response) => response.request().sizes()));
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0) / 1024;
}

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { noteSecret } from "./evidence";
import type { Host } from "./start-host";

const comesWithinMs = 20_000;

/** The secret of the link in the newest mail to somebody, of an install without a mail server: its mails are files. */
export async function linkSecretFor(host: Host, email: string): Promise<string> {
  const folder = path.join(host.dataDir, "outbox");
  const deadline = Date.now() + comesWithinMs;
  while (Date.now() < deadline) {
    for (const name of filesIn(folder)) {
      const text = readFileSync(path.join(folder, name), "utf8");
      const [, secret] = text.includes(`To: ${email}\n`) ? (/#(\w{43})/.exec(text) ?? []) : [];
      if (secret) {
        noteSecret(secret);
        return secret;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No link came for ${email}.`);
}

/** Newest first. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted().toReversed();
  } catch {
    return [];
  }
}

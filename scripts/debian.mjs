// What the tests want from Debian: a browser and a database server.
import { existsSync } from "node:fs";
import { quietly } from "./prepare.mjs";
import { step } from "./steps.mjs";

const files = { chromium: "/usr/bin/chromium", postgresql: "/usr/lib/postgresql" };

export const missingPackages = (names) => names.filter((name) => !existsSync(files[name]));

/** Only root may, and only Debian has them under these names; others are told by the part that needs one. */
export async function installDebianPackages(names) {
  const missing = missingPackages(names);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const aptGet = (...args) =>
    quietly("apt-get", args, {
      env: { DEBIAN_FRONTEND: "noninteractive" },
      advice: `Install them yourself and run the tests again: apt-get install ${missing.join(" ")}`,
    });
  await step(`Installing ${missing.join(" and ")} for the tests`, async () => {
    await aptGet("update");
    await aptGet("install", "-y", "--no-install-recommends", ...missing);
  });
}

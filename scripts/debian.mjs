// What the tests and the bench want from Debian: a browser, servers to work with, and a program that calls a lot.
import { existsSync } from "node:fs";
import { quietly } from "./prepare.mjs";
import { step } from "./steps.mjs";

const files = {
  chromium: "/usr/bin/chromium",
  postgresql: "/usr/lib/postgresql",
  "redis-server": "/usr/bin/redis-server",
  nginx: "/usr/sbin/nginx",
  haproxy: "/usr/sbin/haproxy",
  oathtool: "/usr/bin/oathtool",
  wrk: "/usr/bin/wrk",
};

export const missingPackages = (names) => names.filter((name) => !existsSync(files[name]));

/** Only root may, and only Debian has them under these names; others are told by the part that needs one. */
export async function installDebianPackages(names, purpose = "the tests") {
  const missing = missingPackages([...new Set(names)]);
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const aptGet = (...args) =>
    quietly("apt-get", args, {
      env: { DEBIAN_FRONTEND: "noninteractive" },
      advice: `Install them yourself and run the same command again: apt-get install ${missing.join(" ")}`,
    });
  await step(`Installing ${missing.join(" and ")} for ${purpose}`, async () => {
    await aptGet("update");
    await aptGet("install", "-y", "--no-install-recommends", ...missing);
  });
}

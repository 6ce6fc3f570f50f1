import { env } from "../lib/infra/env";
import { type Installation, prepareInstall } from "../lib/install/commands";
import { step } from "./steps.mjs";

/** Database and first account, as one step; migrations are told of when there were some. */
export async function prepareInstallStep(): Promise<Installation> {
  const installation: Installation = await step("Opening the database", prepareInstall);
  for (const name of installation.migrations) console.log(`    applied the migration ${name}`);
  return installation;
}

/** How to sign in for the first time; nothing once there is an account. */
export function signInLines({ admin, keySecret }: Installation): string[] {
  if (!admin || !keySecret) return [];
  const password = admin.isGenerated
    ? `${admin.password}   (shown only now; the first sign-in offers to change it)`
    : "the one you set as ADMIN_PASSWORD";
  return [
    "",
    "Sign in as",
    `  e-mail    ${admin.email}`,
    `  password  ${password}`,
    "",
    "Your first API key (a password for a program; shown only now)",
    `  ${keySecret}`,
    "",
    "Try it",
    `  curl -i -H "Authorization: Bearer ${keySecret}" ${env().baseUrl}/api/v1/verify`,
  ];
}

export const show = (lines: string[]): void =>
  console.log(`\n${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n`);

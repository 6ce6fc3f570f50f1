import { env } from "../lib/infra/env";
import { type Installation, prepareInstall } from "../lib/install/commands";
import { demoPassword, demoPeople } from "../lib/install/demo/people";
import { prepareDemo } from "../lib/install/demo/prepare-demo";
import { step } from "./steps.mjs";

/** Database and first account, as one step; migrations are told of when there were some. */
export async function prepareInstallStep(): Promise<Installation> {
  const installation: Installation = env().isDemo
    ? await step("Making up a demo", prepareDemo)
    : await step("Opening the database", prepareInstall);
  for (const name of installation.migrations) console.log(`    applied the migration ${name}`);
  return installation;
}

const flower = JSON.stringify({
  model: "iris",
  input: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
});

const demoLines = [
  "",
  "This is a demo: everything in it is made up, and made anew with each start.",
  `Sign in as ${demoPeople[0]?.email} (administrator) or ${demoPeople[1]?.email}`,
  `  password  ${demoPassword}`,
];

/** How to sign in for the first time; nothing once there is an account. */
export function signInLines({ admin, keySecret }: Installation): string[] {
  if (env().isDemo) return demoLines;
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
    "Ask the starter model which iris this is",
    `  curl -H "Authorization: Bearer ${keySecret}" -H "Content-Type: application/json" -d '${flower}' ${env().baseUrl}/api/v1/predictions`,
  ];
}

export const show = (lines: string[]): void =>
  console.log(`\n${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n`);

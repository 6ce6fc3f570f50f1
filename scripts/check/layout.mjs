// Where files are and what they are called: the rules of lib/README.md that no import can show.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { at } from "../prepare.mjs";
import { readFeatures } from "./feature-map.mjs";

const skipped = new Set(["node_modules", "generated", "build", "test-results"]);

/**
 * All files below the given places, as paths from the root with forward slashes.
 * @param {string[]} places
 * @returns {string[]}
 */
export function listFiles(places) {
  const visit = (place) =>
    readdirSync(at(place), { withFileTypes: true }).flatMap((entry) => {
      const file = path.posix.join(place, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : visit(file);
      return [file];
    });
  return places.flatMap(visit);
}

const isTest = (file) => /\.test\.tsx?$|^lib\/testing\/|^e2e\//.test(file);
const ownFolders = ["core", "infra", "http", "testing"];
const featureParts = ["schema", "domain", "policy", "queries", "commands", "view"];
const partNames = featureParts.map((part) => `${part}.ts`).join(", ");
const vagueName = /^(index|utils?|helpers?|services?|types?)\.(ts|tsx|mjs)$/;
const kebabName = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** Next gives these a meaning: [id], [...rest], (group), _private. */
const nextFolder = /^(\.well-known|\[{1,2}(\.{3})?[a-z]+\]{1,2}|\([a-z-]+\)|_[a-z-]+)$/;

function nameFaults(files) {
  return files.flatMap((file) => {
    const [name, ...folders] = file.split("/").reverse();
    const odd = [name, ...folders].find(
      (part) => !kebabName.test(part) && !nextFolder.test(part) && part !== "README.md",
    );
    if (odd) return [`${file}: "${odd}" is not kebab-case. Rename it, for example to create-user.ts.`];
    if (vagueName.test(name))
      return [`${file}: "${name}" says nothing about what is inside. Name the file after what it holds.`];
    return [];
  });
}

/** Not a command itself: what all of them are wrapped in. */
const aroundCommands = ["lib/audit/commands/audited.ts"];

/** The features in lib/README.md, in lib/ and their files have to agree. */
function featureFaults(files) {
  const features = readFeatures();
  const known = new Set([...ownFolders, ...features.map(({ name }) => name)]);
  const folders = new Set(
    files.filter((file) => file.split("/").length > 2).map((file) => file.split("/")[1]),
  );
  const faults = [...folders]
    .filter((folder) => !known.has(folder))
    .map(
      (folder) =>
        `lib/${folder}: not in the table of lib/README.md. Add a row at its place in the order, or put the files into a feature that is there.`,
    );
  for (const { name, specials } of features) {
    const own = files.filter((file) => file.startsWith(`lib/${name}/`));
    const found = new Set(own.map((file) => partOf(file)));
    if (own.length === 0) faults.push(`lib/README.md: the feature ${name} has no files. Remove its row.`);
    for (const special of specials)
      if (!found.has(special))
        faults.push(`lib/README.md: ${name} has no ${special}. Remove it from the row.`);
    faults.push(...own.flatMap((file) => placeFaults(file, specials)));
  }
  return faults;
}

/** `lib/users/commands/create-user.ts` → `commands`, `lib/users/links.ts` → `links`. */
const partOf = (file) => file.split("/")[2].replace(/\..*$/, "");

function placeFaults(file, specials) {
  const part = partOf(file);
  if (isTest(file) || specials.includes(part)) return [];
  if (!featureParts.includes(part))
    return [
      `${file}: a feature has ${partNames} and the special files named in lib/README.md. Put the code into one of these, or name the file there.`,
    ];
  const [inFolder, ...deeper] = file.split("/").slice(3);
  if (deeper.length > 0) return [`${file}: one level of folders is enough in ${part}/.`];
  return inFolder === undefined || inFolder.includes("-") || aroundCommands.includes(file)
    ? []
    : [`${file}: files in ${part}/ are named verb-noun, such as create-user.ts.`];
}

const product = /^(app|lib)\/|^(server|middleware)\.ts$/;

/** What may not be written, where, and what to do instead. */
const wordings = [
  {
    pattern: /\bprocess\.env\b/,
    where: (file) => product.test(file) && file !== "lib/infra/env.ts",
    lesson:
      "process.env is read in lib/infra/env.ts only, where it is checked. Add the setting there and use env().",
  },
  {
    pattern: /\$(query|execute)RawUnsafe\b|\bPrisma\.raw\b/,
    where: (file) => product.test(file),
    lesson:
      "SQL is never put together from strings. Use $queryRaw`...`, which passes values apart from the text.",
  },
  {
    pattern: /^\s*["']use server["']/,
    where: (file) => product.test(file),
    lesson:
      "There are no server actions: changes go through a route below app/api, where they are checked and recorded.",
  },
  {
    pattern: /\bdangerouslySetInnerHTML\b|\.innerHTML\s*=/,
    where: (file) => product.test(file),
    lesson: "Text is rendered by React, which escapes it. HTML from strings is how scripts get into pages.",
  },
];

function wordingFaults(files) {
  return files
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !isTest(file))
    .flatMap((file) =>
      readFileSync(at(file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          /^\s*(\/\/|\*|\/\*)/.test(line)
            ? []
            : wordings
                .filter(({ pattern, where }) => where(file) && pattern.test(line))
                .map(({ lesson }) => `${file}:${index + 1}: ${lesson}`),
        ),
    );
}

const notDeclared = [
  "app/api/auth/[...nextauth]/route.ts",
  "app/api/[...unknown]/route.ts",
  "app/v2/[...unknown]/route.ts",
];
const declared = /^export const (GET|POST|PUT|PATCH|DELETE) = (route|oauthRoute|modelRoute)\(/;

function routeFaults(files) {
  return files
    .filter((file) => file.startsWith("app/") && file.endsWith("/route.ts") && !notDeclared.includes(file))
    .flatMap((file) =>
      readFileSync(at(file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          line.startsWith("export ") && !declared.test(line)
            ? [
                `${file}:${index + 1}: a route file exports declarations only: export const GET = route({ ... }, ...) of lib/http/route.ts, which authenticates, checks and logs. Anything else belongs in a feature or in lib/http.`,
              ]
            : [],
        ),
    );
}

export function layoutFaults() {
  const files = listFiles(["app", "lib", "scripts", "e2e"]);
  const lib = files.filter((file) => file.startsWith("lib/"));
  return [
    ...nameFaults(files),
    ...featureFaults(lib),
    ...wordingFaults([...files, "server.ts", "middleware.ts"]),
    ...routeFaults(files),
  ];
}

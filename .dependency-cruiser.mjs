// What may import what. `npm run check` runs this twice: once with every import (`forbidden`), once with those that
// exist when the program runs (`forbiddenAtRunTime`), where `import type` does not count.
import { createRequire } from "node:module";
import { readFeatures } from "./scripts/check/feature-map.mjs";

const features = readFeatures();
const anyOf = (names) => `(${names.join("|")})`;
const everyFeature = anyOf(features.map(({ name }) => name));
const lower = (index) => features.slice(0, index).map(({ name }) => name);
const packages = (names) => `(^|/)node_modules/${anyOf(names)}/`;

const tests = "\\.test\\.tsx?$|^lib/testing/|^e2e/";
const pureFile = `^lib/${everyFeature}/(schema|domain|policy|view)(\\.ts$|/)`;
const database = "^lib/infra/db/(client|sqlite-adapter|schema-engine|migrate|generated/)";
const prisma = packages(["@prisma", "\\.prisma", "prisma", "better-sqlite3", "pg", "@auth"]);
const web = packages(["next", "next-auth", "@auth", "react", "react-dom", "radix-ui"]);
const specials = features.flatMap(({ name, specials: own }) => own.map((special) => `${name}/${special}`));
const mayUseDatabase = [
  `^lib/${everyFeature}/(queries|commands)(\\.ts$|/)`,
  `^lib/${anyOf(specials)}(\\.ts$|/)`,
  "^lib/infra/db/",
  // The stored answers of repeated requests, and what NextAuth asks of its adapter.
  "^lib/http/(idempotency|next-auth-config)\\.ts$",
  // They open and close the database, and ask it nothing.
  "^server\\.ts$",
  "^scripts/",
  tests,
].join("|");

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const layers = [
  rule(
    "core-stands-alone",
    "lib/core is shared words: it imports zod, lru-cache and itself. What needs a database, a file or a setting belongs in lib/infra; what knows one noun, in that noun's feature.",
    { path: "^lib/core/", pathNot: tests },
    { pathNot: `^lib/core/|${packages(["zod", "lru-cache"])}` },
  ),
  rule(
    "infra-knows-no-product",
    "lib/infra serves every feature and knows none. Pass in what it needs, or move the file into the feature that wants it.",
    { path: "^lib/infra/", pathNot: tests },
    { path: `^(app|scripts|e2e)/|^(server|middleware)\\.ts$|^lib/(?!infra/|core/)|${web}` },
  ),
  rule(
    "features-know-no-web",
    "A feature is called by routes, pages, commands and tests alike, so it knows neither Next nor React nor lib/http. Requests, cookies and status numbers belong in lib/http; take plain input and an actor instead.",
    { path: `^lib/${everyFeature}/`, pathNot: tests },
    { path: `^lib/http/|${web}` },
  ),
  ...features.map(({ name }, index) =>
    rule(
      `${name}-imports-lower-features`,
      `${name} may import ${lower(index).join(", ") || "no other feature"} (the order is the table in lib/README.md). Move what both need to the lower one, or do the joint work in the higher one.`,
      { path: `^lib/${name}/`, pathNot: tests },
      { path: `^lib/${everyFeature}/`, pathNot: `^lib/${anyOf([name, ...lower(index)])}/` },
    ),
  ),
  rule(
    "pure-files-stay-pure",
    "schema, domain, policy and view are pure: they import core, zod and each other, so that a browser, a test and a worker can use them. What reads goes to queries.ts, what changes to commands.ts, what touches files, time or secrets to lib/infra.",
    { path: pureFile, pathNot: tests },
    { pathNot: `^lib/core/|${pureFile}|${packages(["zod"])}` },
  ),
  rule(
    "nobody-imports-app",
    "app/ is the top: pages and routes. What others need from there belongs in lib/http (web) or in the feature.",
    { pathNot: `^app/|^server\\.ts$|^scripts/|${tests}` },
    { path: "^app/" },
  ),
  rule(
    "server-calls-routes-only",
    "server.ts may call the handlers below app/api and app/v2 and nothing else of app/.",
    { path: "^server\\.ts$" },
    { path: "^app/(?!(api|v2)/)" },
  ),
  rule(
    "pages-change-nothing",
    "Pages and components read through queries and change things by calling the API from the browser (app/_client/api.ts), so that every change passes the one door. Types they share with a command belong in schema.ts or domain.ts.",
    { path: "^app/(?!(api|v2|oauth|\\.well-known)/)", pathNot: tests },
    { path: `^lib/${everyFeature}/commands(\\.ts$|/)` },
  ),
  rule(
    "database-behind-queries-and-commands",
    "Only queries, commands and the special files named in lib/README.md talk to the database. Write a query or a command in the feature that owns the table, and call that.",
    { pathNot: mayUseDatabase },
    { path: `${database}|${prisma}` },
  ),
  rule(
    "testing-is-for-tests",
    "lib/testing is for tests. What the product needs too belongs in core, infra or a feature.",
    { pathNot: `^scripts/|(vitest|playwright)[a-z.]*config\\.ts$|${tests}` },
    { path: "^lib/testing/|\\.test\\.tsx?$" },
  ),
  rule(
    "product-needs-no-dev-package",
    "This package is listed under devDependencies, so an install for production may lack it. Move it to dependencies, or do without.",
    { path: "^(app|lib|server\\.ts|middleware\\.ts)", pathNot: tests },
    { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm"], pathNot: "node_modules/@types/" },
  ),
  rule(
    "imports-exist",
    "This import leads nowhere: a wrong path, or a package that package.json does not list.",
    {},
    { couldNotResolve: true },
  ),
];

export const forbiddenAtRunTime = [
  rule(
    "no-cycles",
    "These files need each other to load. Move what both use into a third, lower file; if only a type is shared, import it with `import type`.",
    { pathNot: "^lib/infra/db/generated/" },
    { circular: true },
  ),
  rule(
    "middleware-reaches-no-database",
    "middleware.ts refuses cheaply, before anything is looked up: it must not lead to the database, however indirectly. Look things up in lib/http/authenticate.ts, which every route and page calls.",
    { path: "^middleware\\.ts$" },
    { path: database, reachable: true },
  ),
];

export const sources = ["app", "lib", "server.ts", "middleware.ts", "scripts", "e2e"];

/** dependency-cruiser's swc parser does not know JSX; this tells it for the files that have some. */
const swc = createRequire(import.meta.url)("@swc/core");
const parseFileSync = swc.parseFileSync;
let skipsTypeImports = false;
swc.parseFileSync = (file, options) => {
  const program = parseFileSync(file, { ...options, tsx: file.endsWith("x") });
  const isTypeOnly = (node) => node.typeOnly && /^(Import|Export)/.test(node.type);
  return skipsTypeImports ? { ...program, body: program.body.filter((node) => !isTypeOnly(node)) } : program;
};
export const skipTypeImports = (skip) => {
  skipsTypeImports = skip;
};

export default {
  forbidden: layers,
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules|^lib/infra/db/generated/" },
    exclude: { path: "^\\.next/" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};

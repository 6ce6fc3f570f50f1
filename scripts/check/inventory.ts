import { readFileSync } from "node:fs";
import { inventory } from "../../app/api/inventory";
import { GET as openApi } from "../../app/api/openapi.json/route";
import { methods, pageAccess, routeAccess } from "../../lib/http/access-table";
import { listFiles } from "./layout.mjs";

const table = "lib/http/access-table.ts";
const openApiAddress = "/api/openapi.json";
const catchAll = /\/\[\.\.\.[a-z]+\]$/;

/** `app/(console)/admin/users/[id]/page.tsx` → `/admin/users/{id}`. */
const addressOf = (file: string): string =>
  `/${file
    .split("/")
    .slice(1, -1)
    .filter((part) => !/^(\(.+\)|@.+)$/.test(part))
    .map((part) => part.replace(/^\[(.+)\]$/, "{$1}"))
    .join("/")}`;

/** What only one of two sets has, as sentences. */
function differences(
  [left, leftName]: [Set<string>, string],
  [right, rightName]: [Set<string>, string],
  advice: string,
): string[] {
  const only = (one: Set<string>, other: Set<string>) => [...one].filter((entry) => !other.has(entry));
  return [
    ...only(left, right).map((entry) => `${entry} is in ${leftName} but not in ${rightName}. ${advice}`),
    ...only(right, left).map((entry) => `${entry} is in ${rightName} but not in ${leftName}. ${advice}`),
  ];
}

function exportedMethods(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return methods.filter((method) => new RegExp(`^export const ${method} = `, "m").test(text));
}

function routeFiles(): string[] {
  return listFiles(["app"]).filter(
    (file) => file.endsWith("/route.ts") && !catchAll.test(file.slice(0, -"/route.ts".length)),
  );
}

type Operation = { "x-access"?: string };
type OpenApi = { paths: Record<string, Record<string, Operation>> };

/** What `/api/openapi.json` really answers. */
async function documentedAccess(): Promise<Map<string, string | undefined>> {
  const answer = await openApi(new Request(`http://localhost${openApiAddress}`), {
    params: Promise.resolve({}),
  });
  const { paths } = (await answer.json()) as OpenApi;
  return new Map(
    Object.entries(paths).flatMap(([address, operations]) =>
      Object.entries(operations).map(([method, operation]) => [
        `${method.toUpperCase()} ${address}`,
        operation["x-access"],
      ]),
    ),
  );
}

async function routeFaults(): Promise<string[]> {
  const onDisk = new Set(
    routeFiles().flatMap((file) => exportedMethods(file).map((method) => `${method} ${addressOf(file)}`)),
  );
  const listed = new Set(
    Object.entries(inventory).flatMap(([address, module]) =>
      Object.keys(module).map((method) => `${method} ${address}`),
    ),
  ).add(`GET ${openApiAddress}`);
  const documented = await documentedAccess();
  const allowed = new Set(Object.keys(routeAccess));
  return [
    ...differences(
      [onDisk, "app/**/route.ts"],
      [listed, "app/api/inventory.ts"],
      "Every route file is imported and listed there under its own address.",
    ),
    ...differences(
      [onDisk, "app/**/route.ts"],
      [allowed, table],
      "Say in the table who may call it: anonymous, member or admin.",
    ),
    ...differences(
      [new Set(documented.keys()), "the OpenAPI document"],
      [allowed, table],
      "The document is made from the declarations in app/api/inventory.ts.",
    ),
    ...Object.entries(routeAccess).flatMap(([route, access]) =>
      documented.has(route) && documented.get(route) !== access
        ? [
            `${route}: the route declares auth "${documented.get(route)}", ${table} says "${access}". Decide who may call it and write it in both.`,
          ]
        : [],
    ),
  ];
}

const guards = { anonymous: null, member: "requireMemberPage", admin: "requireAdminPage" } as const;

function pageFaults(): string[] {
  const files = listFiles(["app"]).filter((file) => file.endsWith("/page.tsx"));
  const onDisk = new Map(files.map((file) => [addressOf(file), file]));
  const unguarded = [...onDisk].flatMap(([address, file]) => {
    const guard = guards[(pageAccess[address] ?? "anonymous") as keyof typeof guards];
    return guard === null || readFileSync(file, "utf8").includes(`${guard}(`)
      ? []
      : [
          `${file}: ${table} says "${pageAccess[address]}", but the page does not call ${guard}(). A layout does not run again on every step, so each page asks itself.`,
        ];
  });
  return [
    ...differences(
      [new Set(onDisk.keys()), "app/**/page.tsx"],
      [new Set(Object.keys(pageAccess)), `pageAccess of ${table}`],
      "Say there who may open the page: anonymous, member or admin.",
    ),
    ...unguarded,
  ];
}

/** The routes and pages on disk, the OpenAPI document and the authorisation table have to be the same set. */
export const inventoryFaults = async (): Promise<string[]> => [...(await routeFaults()), ...pageFaults()];

import { readFileSync } from "node:fs";
import path from "node:path";
import { pageAccess } from "../../lib/http/access-table";
import { root } from "./start-host";

/** The pages of the table that this build really has. */
export function builtPages(): string[] {
  const file = path.join(root, ".next/app-path-routes-manifest.json");
  const routes = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  const built = new Set(
    Object.entries(routes)
      .filter(([source]) => source.endsWith("/page"))
      .map(([, address]) => address.replaceAll(/\[([a-z_]+)\]/g, "{$1}")),
  );
  return Object.keys(pageAccess).filter((address) => built.has(address));
}

import packageJson from "../../package.json" with { type: "json" };
import { type Actor, requireAdmin } from "../core/actor";
import { env } from "../infra/env";

const loopbackNames = ["localhost", "127.0.0.1", "::1", "[::1]"];

/** What the environment says about this install; nothing secret is among it. */
export function describeInstall(actor: Actor) {
  requireAdmin(actor);
  const { baseUrl, isHttps, host, port, database, durability, trustedProxies, corsOrigins } = env();
  return {
    version: packageJson.version,
    baseUrl,
    isHttps,
    host,
    port,
    isOnlyThisMachine: loopbackNames.includes(host) && loopbackNames.includes(new URL(baseUrl).hostname),
    isBehindProxy: isHttps || trustedProxies.length > 0,
    database,
    databasePlace: databasePlace(),
    durability,
    trustedProxies,
    corsOrigins,
  };
}

export type Install = ReturnType<typeof describeInstall>;

/** The file, or server and database: never the user and password that may be in the address. */
function databasePlace(): string {
  const { database, databaseUrl } = env();
  if (database === "sqlite") return databaseUrl.replace(/^file:/, "");
  const { host, pathname } = new URL(databaseUrl);
  return host + pathname;
}

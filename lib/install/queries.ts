import { z } from "zod";
import packageJson from "../../package.json" with { type: "json" };
import { type Actor, requireAdmin } from "../core/actor";
import { withoutFactor } from "../factors/queries";
import { db } from "../infra/db/client";
import { env } from "../infra/env";
import { canMail } from "../infra/mail";
import { secretsMadeAt } from "../infra/secrets";
import { readLastBackup } from "./backup";

const loopbackNames = ["localhost", "127.0.0.1", "::1", "[::1]"];

/** What the environment says about this install; nothing secret is among it. */
export function describeInstall(actor: Actor) {
  requireAdmin(actor);
  const { baseUrl, isHttps, host, port, database, durability, trustedProxies, proxyAuth, corsOrigins } =
    env();
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
    /** May a web server in front say who somebody is? */
    isProxyTrusted: proxyAuth !== null,
    corsOrigins,
  };
}

/** What else the security page goes by, and only this install knows. */
export async function readSafety(actor: Actor) {
  requireAdmin(actor);
  const [broken, admins] = await Promise.all([
    db().alert.findFirst({ where: { kind: "audit.broken" }, orderBy: { createdAt: "desc" } }),
    db().user.findMany({ where: { role: "admin", NOT: withoutFactor }, select: { id: true } }),
  ]);
  return {
    canMail: canMail(),
    lastBackupAt: readLastBackup(),
    auditBrokenAt: broken
      ? z.object({ position: z.number() }).parse(JSON.parse(broken.facts)).position
      : null,
    adminsWithFactor: admins.map(({ id }) => id),
    secretsMadeAt: secretsMadeAt(),
    isDemo: env().isDemo,
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

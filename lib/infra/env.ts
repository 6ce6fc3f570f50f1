import { isIP } from "node:net";
import path from "node:path";
import { z } from "zod";
import { parseDuration } from "../core/duration";
import { dayMs, minuteMs } from "../core/time";
import { headerName, proxyAuthMistake, readProxyAuth } from "./proxy-auth";
import { singleton } from "./singleton";

/** A mistake in the set-up that its owner can mend: shown as one sentence, never as a stack. */
export class SetupError extends Error {
  override name = "SetupError";
}

const empty = (value: unknown) => (value === "" ? undefined : value);
const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

/** How long something lives: "24h"; the default, the least and the most, in words for the sentence. */
const lifetime = (name: string, byDefault: string, leastMs: number, mostMs: number, range: string) =>
  z.preprocess(
    empty,
    z
      .string()
      .default(byDefault)
      .transform((text) => parseDuration(text) ?? Number.NaN)
      .refine(
        (ms) => ms >= leastMs && ms <= mostMs,
        `${name} must be a time such as ${byDefault}, ${range}.`,
      ),
  );

const flag = (name: string) =>
  z.preprocess(
    empty,
    z
      .enum(["true", "false"], `${name} must be true or false.`)
      .default("false")
      .transform((text) => text === "true"),
  );

const shape = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: z.preprocess(
    empty,
    z.coerce
      .number("PORT must be a number such as 3000.")
      .int("PORT must be a whole number.")
      .min(0, "PORT must be between 0 and 65535.")
      .max(65535, "PORT must be between 0 and 65535.")
      .default(3000),
  ),
  HOST: z.preprocess(empty, z.string().default("127.0.0.1")),
  BASE_URL: z.preprocess(
    empty,
    z
      .url({
        protocol: /^https?$/,
        error: "BASE_URL must be a full address such as https://models.example.org.",
      })
      .refine(
        (url) => !URL.canParse(url) || new URL(url).pathname === "/",
        "BASE_URL must not have a path: Adyton lives at the root of its address.",
      )
      .optional(),
  ),
  DATA_DIR: z.preprocess(empty, z.string().default("./data")),
  DATABASE_URL: z.preprocess(
    empty,
    z
      .string()
      .regex(
        /^(postgres(ql)?:\/\/|file:)/,
        "DATABASE_URL must start with postgresql:// (or file: for an SQLite file).",
      )
      .refine(
        (url) => !/^postgres/.test(url) || URL.canParse(url),
        "DATABASE_URL must be a full address such as postgresql://user:password@127.0.0.1:5432/adyton.",
      )
      .optional(),
  ),
  REDIS_URL: z.preprocess(
    empty,
    z
      .string()
      .refine(
        (url) => /^rediss?:\/\//.test(url) && URL.canParse(url) && new URL(url).hostname !== "",
        "REDIS_URL must be a full address such as redis://127.0.0.1:6379 (or rediss:// for an encrypted one).",
      )
      .optional(),
  ),
  MODEL_BYTES_MAX: z.preprocess(
    empty,
    z.coerce
      .number("MODEL_BYTES_MAX must be a number of bytes such as 536870912.")
      .int("MODEL_BYTES_MAX must be a whole number of bytes.")
      .min(1024, "MODEL_BYTES_MAX must be at least 1024.")
      .max(2 ** 40, "MODEL_BYTES_MAX must be at most 1099511627776.")
      .default(512 * 1024 * 1024),
  ),
  TASK_BYTES_MAX: z.preprocess(
    empty,
    z.coerce
      .number("TASK_BYTES_MAX must be a number of bytes such as 67108864.")
      .int("TASK_BYTES_MAX must be a whole number of bytes.")
      .min(1024, "TASK_BYTES_MAX must be at least 1024.")
      .max(2 ** 32, "TASK_BYTES_MAX must be at most 4294967296.")
      .default(64 * 1024 * 1024),
  ),
  CURRENCY: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[A-Z]{3}$/, "CURRENCY must be a code of three letters such as EUR or USD.")
      .default("EUR"),
  ),
  SMTP_URL: z.preprocess(
    empty,
    z
      .string()
      .refine(
        (url) => /^smtps?:\/\//.test(url) && URL.canParse(url) && new URL(url).hostname !== "",
        "SMTP_URL must be a full address such as smtp://user:password@mail.example.org:587 (or smtps:// for an encrypted one).",
      )
      .optional(),
  ),
  MAIL_FROM: z.preprocess(empty, z.string().max(200).default("Adyton <adyton@localhost>")),
  DB_DURABILITY: z.preprocess(
    empty,
    z.enum(["normal", "full"], "DB_DURABILITY must be normal or full.").default("normal"),
  ),
  ADMIN_EMAIL: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[^\s@]+@[^\s@]+$/, "ADMIN_EMAIL must be an e-mail address.")
      .default("admin@localhost"),
  ),
  ADMIN_PASSWORD: z.preprocess(
    empty,
    z.string().min(8, "ADMIN_PASSWORD must have at least 8 characters.").optional(),
  ),
  AUTH_SECRET: z.preprocess(
    empty,
    z
      .string()
      .refine(
        (text) => authSecretsIn(text).every((part) => part.length >= 32),
        "AUTH_SECRET must have at least 32 characters (of several, separated by commas, each); leave it out and one is made for you.",
      )
      .refine(
        (text) => !/change.?me|example|secret.?here/i.test(text),
        "AUTH_SECRET is still an example; leave it out and one is made for you.",
      )
      .transform(authSecretsIn)
      .optional(),
  ),
  ACCESS_TOKEN_TTL: lifetime("ACCESS_TOKEN_TTL", "24h", minuteMs, 7 * dayMs, "from 1m to 7d"),
  REFRESH_TOKEN_TTL: lifetime("REFRESH_TOKEN_TTL", "7d", 5 * minuteMs, 90 * dayMs, "from 5m to 90d"),
  TOKEN_ALGORITHM: z.preprocess(
    empty,
    z.enum(["EdDSA", "ES256"], "TOKEN_ALGORITHM must be EdDSA or ES256.").default("EdDSA"),
  ),
  CORS_ORIGINS: list.refine(
    (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    "CORS_ORIGINS must be origins such as https://app.example.org, separated by commas.",
  ),
  TRUSTED_PROXIES: list.refine(
    (proxies) => proxies.every(isProxyRange),
    "TRUSTED_PROXIES must be addresses or ranges such as 10.0.0.2 or 10.0.0.0/24, and may not cover the whole internet.",
  ),
  PROXY_AUTH_SECRET: z.preprocess(
    empty,
    z
      .string()
      .regex(
        /^[\x21-\x7e]{32,200}$/,
        "PROXY_AUTH_SECRET must have 32 to 200 letters, digits and signs, without blanks: openssl rand -hex 32 makes one.",
      )
      .optional(),
  ),
  PROXY_AUTH_HEADER: headerName("PROXY_AUTH_HEADER"),
  PROXY_AUTH_EMAIL_HEADER: headerName("PROXY_AUTH_EMAIL_HEADER"),
  PROXY_AUTH_NAME_HEADER: headerName("PROXY_AUTH_NAME_HEADER"),
  DEMO_MODE: flag("DEMO_MODE"),
  DEMO_MODE_PUBLIC: flag("DEMO_MODE_PUBLIC"),
  LOG_LEVEL: z.preprocess(
    empty,
    z
      .enum(
        ["silent", "error", "warn", "info", "debug"],
        "LOG_LEVEL must be silent, error, warn, info or debug.",
      )
      .default("info"),
  ),
});

function authSecretsIn(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

/** A /0 would let every client choose its own address; anything wider than /8 is a mistake too. */
function isProxyRange(text: string): boolean {
  const [address = "", bits, more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  if (bits === undefined) return address !== "0.0.0.0" && address !== "::";
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= (version === 4 ? 32 : 128);
}

export type Env = ReturnType<typeof readEnv>;

/** All settings of the environment, checked; every mistake becomes one sentence. */
export function readEnv(source: Record<string, string | undefined>) {
  const parsed = shape.safeParse(source);
  if (!parsed.success)
    throw new SetupError([...new Set(parsed.error.issues.map((issue) => issue.message))].join("\n"));
  const values = parsed.data;
  const mistake = proxyAuthMistake(values);
  if (mistake) throw new SetupError(mistake);
  const isDemo = values.DEMO_MODE;
  if (isDemo && values.DATABASE_URL !== undefined)
    throw new SetupError("DATABASE_URL must be left out with DEMO_MODE: a demo brings its own database.");
  const realDataDir = path.resolve(values.DATA_DIR);
  const dataDir = isDemo ? path.join(realDataDir, "demo") : realDataDir;
  const databaseUrl = values.DATABASE_URL ?? `file:${path.join(dataDir, "adyton.db")}`;
  const baseUrl = new URL(values.BASE_URL ?? `http://localhost:${values.PORT}`);
  const isProduction = values.NODE_ENV === "production";
  return {
    isProduction,
    port: values.PORT,
    host: values.HOST,
    baseUrl: baseUrl.origin,
    isHttps: baseUrl.protocol === "https:",
    dataDir,
    /** Everything is made up, and anew with each start: see lib/install/demo. */
    isDemo,
    isDemoPublic: values.DEMO_MODE_PUBLIC,
    databaseUrl,
    database: databaseUrl.startsWith("file:") ? ("sqlite" as const) : ("postgres" as const),
    durability: values.DB_DURABILITY,
    modelBytesMax: values.MODEL_BYTES_MAX,
    taskBytesMax: values.TASK_BYTES_MAX,
    /** What prices are in: a code of three letters. */
    currency: values.CURRENCY,
    // The people of a demo are made up, and nobody else is to hear from them.
    smtpUrl: isDemo ? undefined : values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    redisUrl: values.REDIS_URL,
    adminEmail: values.ADMIN_EMAIL,
    adminPassword: values.ADMIN_PASSWORD,
    /** The first seals; what an earlier one sealed stays good as long as it is in the list. */
    authSecrets: values.AUTH_SECRET,
    accessTokenMs: values.ACCESS_TOKEN_TTL,
    refreshTokenMs: values.REFRESH_TOKEN_TTL,
    tokenAlgorithm: values.TOKEN_ALGORITHM,
    corsOrigins:
      values.CORS_ORIGINS.length > 0 || isProduction
        ? values.CORS_ORIGINS
        : ["http://localhost:3000", "http://localhost:5173"],
    trustedProxies: values.TRUSTED_PROXIES,
    proxyAuth: readProxyAuth(values),
    logLevel: values.LOG_LEVEL,
    /** The folder of the app itself: worker files and migrations are found from here. */
    root: process.cwd(),
  };
}

export const env = (): Env => singleton("env", () => readEnv(process.env));

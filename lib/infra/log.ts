import pino from "pino";
import { env } from "./env";
import { singleton } from "./singleton";

/** Names whose values never reach a log line, at any depth that we log. */
const secretNames = [
  "password",
  "new_password",
  "current_password",
  "passwordHash",
  "token",
  "secret",
  "authorization",
  "cookie",
  "link",
];

const gatheredMs = 50;

type Line = {
  level: number;
  msg?: string;
  method?: string;
  path?: string;
  status?: number;
  ms?: number;
  request_id?: string;
  err?: { message?: string };
};

/** For a person at a terminal: one short line instead of JSON. */
function printForPeople(text: string): void {
  const line = JSON.parse(text) as Line;
  const time = new Date().toTimeString().slice(0, 8);
  const what = line.method
    ? `${line.method} ${line.path} ${line.status} ${line.ms} ms ${line.request_id}`
    : `${line.msg ?? ""}${line.err?.message ? `: ${line.err.message}` : ""}`;
  process.stdout.write(
    `  ${time} ${line.level >= 50 ? "error " : line.level >= 40 ? "warning " : ""}${what}\n`,
  );
}

/** Lines are gathered for a moment, because a write for each costs more than the line; at the end none is lost. */
const destination = () =>
  singleton("log-destination", () =>
    process.stdout.isTTY
      ? { write: printForPeople }
      : pino.destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: gatheredMs }),
  );

export const log = () =>
  singleton("log", () =>
    pino(
      {
        level: env().logLevel,
        base: undefined,
        redact: {
          paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
          censor: "[secret]",
        },
      },
      destination(),
    ),
  );

/**
 * For the one line about each request, whose members are fixed and never secret: looking through them for secrets
 * would take longer than answering some of the requests. It reads like the other lines.
 */
export function logLine(line: object, message: string): void {
  if (!log().isLevelEnabled("info")) return;
  const text = JSON.stringify({ level: log().levels.values.info, time: Date.now(), ...line, msg: message });
  destination().write(`${text}\n`);
}

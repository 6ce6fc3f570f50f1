import { type Actor, isUser } from "../core/actor";
import type { AppError } from "../core/errors";
import { newId } from "../core/ids";
import { now } from "../infra/clock";
import { noteRefusal } from "../refusals/noted";
import { statusOfCode } from "./problem";

/** The rate headers that tell how a limit stood. */
const rateNames = ["RateLimit-Policy", "RateLimit"] as const;

/** For "why was this refused?": what was asked, by whom, and the error with its numbers; nothing of the body. */
export function noteFailure(failure: AppError, actor: Actor, method: string, path: string): void {
  const { code, message, faults, retryAfterSeconds, headers = {}, extra = {}, subject } = failure;
  const { requestId, address } = actor.origin;
  const rates = rateNames.filter((name) => headers[name] !== undefined);
  noteRefusal({
    id: newId("rfs"),
    requestId,
    at: now(),
    userId: isUser(actor) ? actor.user.id : (subject?.userId ?? null),
    keyId: actor.kind === "key" ? actor.key.id : (subject?.keyId ?? null),
    address,
    method,
    path,
    status: statusOfCode(code, path),
    code,
    detail: message,
    facts: {
      ...(faults ? { faults } : {}),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      ...(rates.length > 0
        ? { rateHeaders: Object.fromEntries(rates.map((name) => [name, headers[name] ?? ""])) }
        : {}),
      ...(typeof extra.scope === "string" ? { scope: extra.scope } : {}),
    },
  });
}

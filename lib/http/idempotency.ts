import { createHash } from "node:crypto";
import { AppError, invalid } from "../core/errors";
import { hourMs, minuteMs } from "../core/time";
import { now } from "../infra/clock";
import { db } from "../infra/db/client";
import { isUniqueViolation } from "../infra/db/errors";
import { decrypt, digestCandidates, encrypt } from "../infra/secrets";
import { Answer } from "./answer";

export const idempotencyHeader = "idempotency-key";
const keptMs = 24 * hourMs;
/** Longer than any request may take: whoever held the key is gone. */
const abandonedMs = 2 * minuteMs;

type Call = { actorId: string; method: string; path: string; key: string; body: string };
type Kept = { status: number; body: string };

/** The header's value: a quoted string as the draft has it, or bare as most clients send it. */
export function parseIdempotencyKey(header: string | null): string | null {
  if (header === null) return null;
  const key = header.trim().replace(/^"(.*)"$/s, "$1");
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw invalid(
    "/Idempotency-Key",
    "The Idempotency-Key is not valid.",
    "Send 1 to 255 printable ASCII characters.",
  );
}

/** What is read while it comes in cannot be compared before it is worked on, and to ignore the wish would be worse. */
export const keyWithUpload = () =>
  invalid(
    "/Idempotency-Key",
    "A repeated upload cannot be recognised.",
    "Leave the Idempotency-Key out, or send the rows as JSON.",
  );

/**
 * Runs `work` once for a key. The row is written before the work begins: a second request with the same key
 * finds it and waits its turn (409), or gets the first one's answer. Refusals that may change by themselves
 * and our own failures are not kept.
 */
export async function once(call: Call, work: () => Promise<Answer | Response>): Promise<Answer | Response> {
  const text = [call.actorId, call.method, call.path, call.key].join("\n");
  const fingerprint = createHash("sha256").update(call.body).digest("base64url");
  const { scope, earlier } = await claim(digestCandidates("idempotency", text), fingerprint);
  if (earlier) return replay(earlier);
  let answer: Answer | Response;
  try {
    answer = await work();
  } catch (error) {
    await release(scope);
    throw error;
  }
  if (answer.status >= 300) await release(scope);
  else await keep(scope, { status: answer.status, body: await textOf(answer) });
  return answer;
}

const textOf = async (answer: Answer | Response): Promise<string> =>
  answer instanceof Answer ? (answer.body ?? "") : answer.clone().text();

type Claim = { scope: string; earlier: Kept | null };

/** The row of a call, or what it answered before. Since a rotation of the secret a call has more than one name. */
async function claim(scopes: string[], fingerprint: string): Promise<Claim> {
  const [scope = ""] = scopes;
  const row = { fingerprint, createdAt: now() };
  const isMine = await take({ scope, ...row });
  // The row is there before the other names are looked at: of two processes that name it differently, none misses
  // the other.
  const others = scopes.filter((other) => !isMine || other !== scope);
  if (others.length === 0) return { scope, earlier: null };
  const record = await db().idempotencyRecord.findFirst({ where: { scope: { in: others } } });
  if (isMine && !record) return { scope, earlier: null };
  if (isMine) await release(scope);
  if (!record) throw new AppError("request.in_progress", { retryAfterSeconds: 1 });
  const age = now().getTime() - record.createdAt.getTime();
  const isOver = record.status === null ? age > abandonedMs : age > keptMs;
  if (isOver) {
    // Whoever changes the row first has it: its age is part of the condition.
    const taken = await db().idempotencyRecord.updateMany({
      where: { scope: record.scope, createdAt: record.createdAt },
      data: { ...row, status: null, body: null },
    });
    if (taken.count === 1) return { scope: record.scope, earlier: null };
    throw new AppError("request.in_progress", { retryAfterSeconds: 1 });
  }
  if (record.fingerprint !== fingerprint) {
    throw invalid(
      "/Idempotency-Key",
      "This Idempotency-Key was used for a different request.",
      "Use a new key for each different request.",
      "request.idempotency_key_reused",
    );
  }
  if (record.status === null) throw new AppError("request.in_progress", { retryAfterSeconds: 1 });
  const body = decrypt("idempotency", record.body ?? "");
  return { scope: record.scope, earlier: { status: record.status, body } };
}

async function take(row: { scope: string; fingerprint: string; createdAt: Date }): Promise<boolean> {
  try {
    await db().idempotencyRecord.create({ data: row });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

const keep = (scope: string, answer: Kept) =>
  db().idempotencyRecord.updateMany({
    where: { scope },
    data: { status: answer.status, body: encrypt("idempotency", answer.body) },
  });

const release = (scope: string) => db().idempotencyRecord.deleteMany({ where: { scope, status: null } });

const replay = ({ status, body }: Kept): Answer =>
  new Answer(status, body === "" ? null : body, {
    "content-type": "application/json",
    "idempotent-replayed": "true",
  });

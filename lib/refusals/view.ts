import type { z } from "zod";
import { errorTable, isErrorCode } from "../core/errors";
import { ladderOf, numbersOf, type Refusal } from "./domain";
import type { refusalView as refusalShape } from "./schema";

type Named = { user: { id: string; email: string } | null; key: { id: string; name: string } | null };

export function refusalView(refusal: Refusal & Named): z.infer<typeof refusalShape> {
  const entry = errorTable[isErrorCode(refusal.code) ? refusal.code : "service.error"];
  return {
    request_id: refusal.requestId,
    at: refusal.at.toISOString(),
    method: refusal.method,
    path: refusal.path,
    status: refusal.status,
    code: refusal.code,
    title: entry.title,
    detail: refusal.detail,
    cure: entry.help,
    ladder: ladderOf(refusal),
    faults: (refusal.facts.faults ?? []).map(({ pointer, message, fix }) => ({ pointer, message, fix })),
    numbers: numbersOf(refusal.facts),
    user: refusal.user && { id: refusal.user.id, email: refusal.user.email },
    key: refusal.key && { id: refusal.key.id, name: refusal.key.name },
    address: refusal.address,
  };
}

import { requireAdmin, type UserActor } from "../../core/actor";
import { readAuditLog } from "../queries";
import { auditView } from "../view";
import { audited } from "./audited";

/** The whole log as JSON lines, read in bounded pieces while it is sent. */
export async function exportAuditLog(actor: UserActor): Promise<ReadableStream<Uint8Array>> {
  requireAdmin(actor);
  await audited(actor, async (_transaction, record) => {
    record({ action: "audit.exported", object: { type: "audit", id: null, label: "audit log" } });
  });
  const batches = readAuditLog();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value: events, done } = await batches.next();
      if (done) return controller.close();
      controller.enqueue(
        encoder.encode(events.map((event) => `${JSON.stringify(auditView(event))}\n`).join("")),
      );
    },
  });
}

import { audited } from "../../audit/commands/audited";
import { requireAdmin, type UserActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { encrypt } from "../../infra/secrets";
import { forgetProviders, getProvider, sealedFor } from "../queries";
import type { ChangeProvider } from "../schema";

/** What is absent stays. Who is signed in stays so: only further sign-ins ask the service. */
export async function changeProvider(actor: UserActor, id: string, change: ChangeProvider) {
  requireAdmin(actor);
  const { title, client_id, client_secret, enabled } = change;
  const changed = await audited(actor, async (transaction, record) => {
    const before = await getProvider(actor, id, transaction);
    const after = await transaction.provider.update({
      where: { id },
      data: {
        title: title ?? before.title,
        clientId: client_id ?? before.clientId,
        isEnabled: enabled ?? before.isEnabled,
        updatedAt: now(),
        ...(client_secret === undefined ? {} : { secretSealed: encrypt(sealedFor, client_secret) }),
      },
    });
    const pairs = {
      title: [before.title, after.title],
      client_id: [before.clientId, after.clientId],
      enabled: [before.isEnabled, after.isEnabled],
    };
    const differing = Object.entries(pairs).filter(([, [old, fresh]]) => old !== fresh);
    record({
      action: "provider.changed",
      object: { type: "provider", id, label: after.title },
      detail: {
        ...Object.fromEntries(differing.map(([name, [old, fresh]]) => [name, { before: old, after: fresh }])),
        ...(client_secret === undefined ? {} : { client_secret: "replaced" }),
      },
    });
    return getProvider(actor, id, transaction);
  });
  forgetProviders();
  return changed;
}

import { audited } from "../../audit/commands/audited";
import { requireAdmin, type UserActor } from "../../core/actor";
import { AppError, invalid } from "../../core/errors";
import { now } from "../../infra/clock";
import { isUniqueViolation } from "../../infra/db/errors";
import { encrypt } from "../../infra/secrets";
import { discoverIssuer, IssuerFault } from "../issuer";
import { forgetProviders, getProvider, sealedFor } from "../queries";
import type { CreateProvider } from "../schema";

/** A further place to sign in through. One with an issuer is asked first: a mistake is told where it was typed. */
export async function createProvider(actor: UserActor, input: CreateProvider) {
  requireAdmin(actor);
  const id = input.kind === "oidc" ? input.id : input.kind;
  if (input.kind === "oidc") await assertUsable(input.issuer);
  try {
    return await audited(actor, async (transaction, record) => {
      const at = now();
      await transaction.provider.create({
        data: {
          id,
          kind: input.kind,
          title: input.title,
          issuer: input.kind === "oidc" ? input.issuer : null,
          clientId: input.client_id,
          secretSealed: encrypt(sealedFor, input.client_secret),
          isEnabled: input.enabled,
          createdAt: at,
          updatedAt: at,
        },
      });
      const { kind, client_id, enabled } = input;
      const issuer = input.kind === "oidc" ? { issuer: input.issuer } : {};
      record({
        action: "provider.created",
        object: { type: "provider", id, label: input.title },
        detail: { kind, client_id, enabled, ...issuer },
      });
      return getProvider(actor, id, transaction);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("provider.name_taken");
    throw error;
  } finally {
    forgetProviders();
  }
}

async function assertUsable(issuer: string): Promise<void> {
  try {
    await discoverIssuer(issuer);
  } catch (error) {
    if (!(error instanceof IssuerFault)) throw error;
    throw invalid("/issuer", error.message, "Compare it with what the service calls its issuer.");
  }
}

import { invalid } from "../../core/errors";
import type { Transaction } from "../../infra/db/client";
import type { CreateModel } from "../schema";

type Access = CreateModel["access"];

/** The ids as they are stored, each once; only of plans and people that exist. */
export async function storedAccess(transaction: Transaction, { kind, ids }: Access) {
  const wanted = [...new Set(ids)];
  if (kind === "everyone" && wanted.length > 0)
    throw invalid(
      "/access/ids",
      "A model for everyone has no list.",
      "Leave ids out, or choose plans or users.",
    );
  const known = await knownIds(transaction, kind, wanted);
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0)
    throw invalid(
      `/access/ids/${unknown}`,
      kind === "plans" ? "There is no such plan." : "There is no such user.",
      "Remove it from the list.",
    );
  return { access: kind, accessIds: wanted.join(" ") };
}

async function knownIds(transaction: Transaction, kind: Access["kind"], ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows =
    kind === "plans"
      ? await transaction.plan.findMany({ where: { id: { in: ids } }, select: { id: true } })
      : await transaction.user.findMany({
          where: { id: { in: ids }, deletedAt: null },
          select: { id: true },
        });
  return new Set(rows.map(({ id }) => id));
}

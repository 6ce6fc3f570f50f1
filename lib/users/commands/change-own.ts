import { audited } from "../../audit/commands/audited";
import type { UserActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { searchTextOf } from "../domain";
import type { User } from "../queries";

/** One's own profile: the name is what people may change themselves. */
export async function changeOwnName(actor: UserActor, name: string): Promise<User> {
  return audited(actor, async (transaction, record) => {
    const { id, email } = actor.user;
    const before = await transaction.user.findUniqueOrThrow({ where: { id } });
    if (before.name === name) return before;
    record({
      action: "user.updated",
      object: { type: "user", id, label: email },
      detail: { name: { before: before.name, after: name } },
    });
    return transaction.user.update({
      where: { id },
      data: { name, searchText: searchTextOf(name, email), updatedAt: now() },
    });
  });
}

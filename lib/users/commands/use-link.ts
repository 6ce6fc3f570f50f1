import { audited } from "../../audit/commands/audited";
import type { AnonymousActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { hashPassword } from "../../infra/password/password";
import { queueMail } from "../../mail/commands/queue-mail";
import { endSessions } from "../../sessions/commands";
import { searchTextOf } from "../domain";
import { claimLink, getLink, removeLinks } from "../links";
import { assertGoodPassword } from "../passwords";
import type { User } from "../queries";
import type { AcceptInvitation } from "../schema";

/** The link is looked at before the costly hash, and claimed after it inside the transaction. */
export async function acceptInvitation(actor: AnonymousActor, input: AcceptInvitation): Promise<User> {
  const { user } = await getLink("invitation", input.token);
  const name = input.name ?? user.name;
  await assertGoodPassword("/password", input.password, { email: user.email, name });
  const passwordHash = await hashPassword(input.password);
  return audited(actor, async (transaction, record) => {
    const link = await getLink("invitation", input.token, transaction);
    await claimLink(transaction, link.id);
    record({ action: "user.invitation_accepted", object: { type: "user", id: user.id, label: user.email } });
    return transaction.user.update({
      where: { id: user.id },
      data: {
        name,
        searchText: searchTextOf(name, user.email),
        passwordHash,
        passwordChangedAt: now(),
        updatedAt: now(),
      },
    });
  });
}

/** Whoever was signed in with the old password is not any more. */
export async function resetPassword(actor: AnonymousActor, token: string, password: string): Promise<User> {
  const { user } = await getLink("password_reset", token);
  await assertGoodPassword("/new_password", password, user);
  const passwordHash = await hashPassword(password);
  return audited(actor, async (transaction, record) => {
    const link = await getLink("password_reset", token, transaction);
    await claimLink(transaction, link.id);
    await removeLinks(transaction, user.id);
    const sessions = await endSessions(transaction, user.id, "password_changed");
    record({
      action: "password.reset",
      object: { type: "user", id: user.id, label: user.email },
      detail: { sessions_ended: sessions },
    });
    await queueMail(transaction, { kind: "password_changed", userId: user.id });
    const at = now();
    // A link that came by mail proves the address; one that an administrator handed over proves nothing.
    const proven = link.email === user.email ? { emailVerified: user.emailVerified ?? at } : {};
    return transaction.user.update({
      where: { id: user.id },
      data: { passwordHash, isPasswordGenerated: false, passwordChangedAt: at, updatedAt: at, ...proven },
    });
  });
}

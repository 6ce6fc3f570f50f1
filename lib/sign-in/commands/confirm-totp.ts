import type { PersonActor } from "../../core/actor";
import { confirmTotp, readFirstCode, type TotpToConfirm } from "../../factors/commands/connect-totp";
import { countedCode } from "./check-code";

/** The first code of a new app; wrong ones are counted with all others. Answers recovery codes where there are none. */
export async function confirmOwnTotp(actor: PersonActor, code: string): Promise<string[]> {
  let first: TotpToConfirm | null = null;
  await countedCode(actor, actor.user, async () => {
    first = await readFirstCode(actor.user.id, code);
    return first !== null;
  });
  return first === null ? [] : confirmTotp(actor, first);
}

import { invalid } from "../core/errors";
import { isCommonPassword } from "../infra/password/common";
import { passwordLengthFault } from "./domain";

/** Refuses what an attacker tries first; `pointer` says which member of the input it was. */
export async function assertGoodPassword(
  pointer: string,
  password: string,
  user: { email: string; name: string },
): Promise<void> {
  const weak = (message: string) =>
    invalid(
      pointer,
      message,
      "Use a few unrelated words, or let a password manager make one.",
      "password.too_weak",
    );
  const lengthFault = passwordLengthFault(password);
  if (lengthFault) throw weak(lengthFault);
  const lower = password.toLowerCase();
  if (lower === user.email || lower === user.name.toLowerCase())
    throw weak("This is your own name or address.");
  if (await isCommonPassword(password))
    throw weak("This is one of the commonest passwords: it would be guessed first.");
}

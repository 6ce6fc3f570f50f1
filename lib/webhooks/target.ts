import { AppError, invalid } from "../core/errors";
import { env } from "../infra/env";
import { singleton } from "../infra/singleton";
import { checkedAddresses, hostOf } from "../runners/http/checked-address";
import { connectionFault } from "../runners/http/fault";

/**
 * Nobody may have this machine, or the network it stands in, called by a message: whoever adds a webhook is any
 * user, not the operator. Only tests on this machine may, and never a production host.
 */
export const isPrivateAllowed = (): boolean =>
  !env().isProduction && singleton("webhooks-may-call-home", () => false);

export const notAllowed = "Its address leads to this machine, into a private network or to no place at all.";

/** Why an endpoint could not be reached, for its owner: an address that may not be called gives nothing away. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof AppError && error.code === "model.timed_out") return "It did not answer in time.";
  const fault = connectionFault(error);
  return fault.code === "upstream.address_not_allowed" ? notAllowed : fault.reason;
};

/** Refuses what is never called. It is asked again for every message: a name may lead elsewhere by then. */
export async function assertReachable(text: string): Promise<void> {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    throw invalid(
      "/url",
      "A password does not belong into an address: addresses are shown and logged.",
      "Check the signature of each message instead.",
    );
  try {
    await checkedAddresses(hostOf(url), isPrivateAllowed());
  } catch (error) {
    throw invalid("/url", reasonOf(error), "Use an address that can be reached from the internet.");
  }
}

import type { Origin } from "../core/actor";
import { newId } from "../core/ids";
import { isOwnHost, peerHeader } from "./host";

export const requestIdHeader = "x-request-id";
const requestIdPattern = /^[A-Za-z0-9_-]{8,64}$/;

/** The caller's own request id when it is harmless, else a new one. */
export const requestIdOf = (given: string | null | undefined): string =>
  given && requestIdPattern.test(given) ? given : newId("req");

/**
 * Under another host than ours (`next dev`) the true address is not known, and what the client claims is not
 * taken for it: all callers then share one address, and with it one limit.
 */
export const originOf = (headers: Headers): Origin => ({
  requestId: requestIdOf(headers.get(requestIdHeader)),
  address: (isOwnHost() && headers.get(peerHeader)) || "127.0.0.1",
  userAgent: headers.get("user-agent") ?? "",
});

type Address = { pathname: string; search: string };

/** Of a request; one of our own host knows it already. */
export const addressOf = (request: Request): Address =>
  "pathname" in request ? (request as unknown as Address) : new URL(request.url);

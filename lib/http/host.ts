import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { plainAddress } from "../core/address";
import { singleton } from "../infra/singleton";

/** Headers that only our own host may set; `server.ts` removes them from whatever a client sends. */
export const peerHeader = "x-adyton-peer";
export const pathHeader = "x-adyton-path";
/** Whom a web server in front named, after `proxy-identity.ts` found it worth believing. */
export const proxiedHeader = "x-adyton-proxied";

/** Set by `server.ts` in its process. Under any other host these headers come from the client and mean nothing. */
const host = () => singleton("host", () => ({ isOwn: false, isDraining: false }));
export const isOwnHost = (): boolean => host().isOwn;
export const isDraining = (): boolean => host().isDraining;
export function markOwnHost(): void {
  host().isOwn = true;
}
export function markDraining(): void {
  host().isDraining = true;
}

/** Everything with which a client could speak to the framework behind our back, or pose as our host. */
const internalHeader =
  /^(x-adyton-|x-middleware-|x-nextjs-|x-matched-path$|x-invoke-|next-action$|x-forwarded-|forwarded$|content-security-policy)/;
/** The two that Next's own client sends to load data for pages. */
const harmlessNextHeader = /^(x-nextjs-(request-id|html-request-id)$)/;

export function stripInternalHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (internalHeader.test(name) && !harmlessNextHeader.test(name)) delete request.headers[name];
  }
}

export function proxyList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const isListed = (proxies: BlockList, address: string): boolean =>
  isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** Is it one of the web servers of TRUSTED_PROXIES that holds this connection? Nothing it sends counts for that. */
export const isProxySocket = (socketAddress: string | undefined, proxies: BlockList): boolean =>
  isListed(proxies, plainAddress(socketAddress ?? ""));

/**
 * Who really called: the socket's peer, or, when that is a trusted proxy, the nearest address of
 * `X-Forwarded-For` (read from the right) that is not one. What stands further left, the client wrote itself.
 */
export function truePeer(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  proxies: BlockList,
): string {
  let peer = plainAddress(socketAddress ?? "unknown");
  if (forwardedFor === undefined) return peer;
  for (const hop of forwardedFor.split(",").reverse()) {
    const address = plainAddress(hop.trim());
    if (!isListed(proxies, peer) || isIP(address) === 0) return peer;
    peer = address;
  }
  return peer;
}

import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { singleton } from "../../infra/singleton";
import { judgeAddress } from "./address-rules";
import { UpstreamFault } from "./fault";

type Addresses = { address: string; family: number }[];

/** How names become addresses: as everywhere on this machine, /etc/hosts included. */
const resolver = (): ((name: string) => Promise<Addresses>) =>
  singleton("upstream-resolver", () => (name: string) => lookup(name, { all: true }));

const running = () => singleton("upstream-lookups", () => new Map<string, Promise<Addresses>>());

/** Connections that open at the same moment share a look-up: a slow one would hold a thread of the process each. */
function resolve(name: string): Promise<Addresses> {
  const known = running().get(name);
  if (known) return known;
  const lookingUp = resolver()(name).finally(() => running().delete(name));
  running().set(name, lookingUp);
  return lookingUp;
}

function refuseUnlessAllowed(addresses: Addresses, isPrivateAllowed: boolean): void {
  // All of them: a name that leads to the internet and to this machine was made to deceive.
  const kinds = addresses.map(({ address }) => judgeAddress(address));
  if (addresses.length === 0 || kinds.includes("forbidden"))
    throw new UpstreamFault(
      "upstream.address_not_allowed",
      "Its address leads to a place that no model may call, such as the metadata service of a cloud.",
    );
  if (kinds.includes("private") && !isPrivateAllowed)
    throw new UpstreamFault(
      "upstream.address_not_allowed",
      "Its address leads to this machine or into a private network, and that is not allowed for this model.",
    );
}

/** The name or address in a URL, without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, "$1");

/** Where a URL leads right now, every address checked. Throws when one of them may not be called. */
export async function checkedAddresses(host: string, isPrivateAllowed: boolean): Promise<Addresses> {
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  refuseUnlessAllowed(addresses, isPrivateAllowed);
  return addresses;
}

/**
 * For `net.connect`, which connects to nothing but what this answers: a name that leads elsewhere a moment later
 * changes nothing. It runs for every new connection, but never for an address written in the URL itself.
 */
export const checkedLookup =
  (isPrivateAllowed: boolean): LookupFunction =>
  (host, options, callback) => {
    checkedAddresses(host, isPrivateAllowed).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? "", first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };

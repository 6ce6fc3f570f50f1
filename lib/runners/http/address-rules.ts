import { isInRanges } from "../../core/address-range";

/** What answers only inside a machine or a network of one's own. */
const privateRanges = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1",
  "fc00::/7",
];

/** Where clouds tell a machine its own passwords. Some lie among private or even public addresses. */
const metadataAddresses = ["100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"];

/** The rest of IPv4 that is no single host of the internet: this network, link-local, tests, multicast, reserved. */
const special4 = [
  "0.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/** Of IPv6 only this is the internet; the parts of it that carry an IPv4 address inside (Teredo, 6to4) are not. */
const internet6 = "2000::/3";
const special6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/** `private` may be allowed by an administrator, `forbidden` by nobody. */
export type AddressKind = "public" | "private" | "forbidden";

/** Whatever is not known to be harmless is forbidden, addresses that nobody has thought of included. */
export function judgeAddress(address: string): AddressKind {
  if (isInRanges(address, metadataAddresses)) return "forbidden";
  if (isInRanges(address, privateRanges)) return "private";
  const isPublic = isInRanges(address, ["0.0.0.0/0"])
    ? !isInRanges(address, special4)
    : isInRanges(address, [internet6]) && !isInRanges(address, special6);
  return isPublic ? "public" : "forbidden";
}

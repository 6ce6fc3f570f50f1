import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeAddress } from "./address-rules";

test.each([
  ["93.184.216.34", "public"],
  ["1.1.1.1", "public"],
  ["2606:4700:4700::1111", "public"],
  ["::ffff:93.184.216.34", "public"],
  ["127.0.0.1", "private"],
  ["127.255.255.254", "private"],
  ["10.1.2.3", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.1.1", "private"],
  ["100.64.0.1", "private"],
  ["::1", "private"],
  ["fd12:3456::1", "private"],
  ["::ffff:127.0.0.1", "private"],
  ["::ffff:7f00:1", "private"],
  ["0.0.0.0", "forbidden"],
  ["169.254.169.254", "forbidden"],
  ["::ffff:169.254.169.254", "forbidden"],
  ["100.100.100.200", "forbidden"],
  ["168.63.129.16", "forbidden"],
  ["fd00:ec2::254", "forbidden"],
  ["fd00:0ec2:0:0:0:0:0:254", "forbidden"],
  ["fd20:ce::254", "forbidden"],
  ["fe80::1", "forbidden"],
  ["fe80::1%eth0", "forbidden"],
  ["fec0::1", "forbidden"],
  ["::", "forbidden"],
  ["::127.0.0.1", "forbidden"],
  ["64:ff9b::7f00:1", "forbidden"],
  ["64:ff9b:1::1", "forbidden"],
  ["2002:7f00:1::", "forbidden"],
  ["2001:0:4136:e378::1", "forbidden"],
  ["2001:db8::1", "forbidden"],
  ["3fff::1", "forbidden"],
  ["ff02::1", "forbidden"],
  ["224.0.0.1", "forbidden"],
  ["255.255.255.255", "forbidden"],
  ["192.0.2.1", "forbidden"],
  ["198.18.0.1", "forbidden"],
  ["localhost", "forbidden"],
  ["", "forbidden"],
] as const)("%s is %s", (address, kind) => expect(judgeAddress(address)).toBe(kind));

describe("judgeAddress", () => {
  test("an IPv4 address is judged the same in the clothes of IPv6", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(judgeAddress(`::ffff:${address}`)).toBe(judgeAddress(address));
      }),
    );
  });

  test("whatever is no address is forbidden", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789abcdefx.:%/ ") }), (text) => {
        fc.pre(!URL.canParse(`http://${text}/`) && !URL.canParse(`http://[${text}]/`));
        expect(judgeAddress(text)).toBe("forbidden");
      }),
    );
  });
});

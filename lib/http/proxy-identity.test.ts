import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import type { AppError } from "../core/errors";
import { isProxySocket, proxyList, stripInternalHeaders } from "./host";
import {
  isLoadedElsewhere,
  proxiedText,
  readProxied,
  readProxyIdentity,
  removeProxyHeaders,
} from "./proxy-identity";

const secret = "a-secret-of-the-web-server-in-front-0123";
const auth = {
  secret,
  userHeader: "x-forwarded-user",
  emailHeader: "x-forwarded-email",
  nameHeader: "x-forwarded-preferred-username",
};
const proof = ["X-Adyton-Proxy-Secret", secret];
const user = ["X-Forwarded-User", "ana@example.org"];

const read = (...headers: string[][]) => readProxyIdentity(headers.flat(), auth);
function refusalOf(...headers: string[][]): string {
  try {
    return `taken: ${JSON.stringify(read(...headers))}`;
  } catch (error) {
    return (error as AppError).code;
  }
}

describe("whom the web server names", () => {
  test("is known by the e-mail address in the user header", () => {
    expect(read(proof, user)).toEqual({ email: "ana@example.org", name: "ana" });
    expect(read(["x-forwarded-USER", " ANA@Example.org "], proof)?.email).toBe("ana@example.org");
  });

  test("is known by the e-mail header when the user header holds a name", () => {
    const named = ["X-Forwarded-User", "ana"];
    expect(read(proof, named, ["X-Forwarded-Email", "ana@lab.example"])?.email).toBe("ana@lab.example");
    expect(read(proof, user, ["X-Forwarded-Email", "eve@lab.example"])?.email).toBe("ana@example.org");
    expect(refusalOf(proof, named)).toBe("auth.proxy_refused");
  });

  test("has the name of the name header, which servers send as UTF-8", () => {
    const name = Buffer.from("Ana Müller, Dr.").toString("latin1");
    expect(read(proof, user, ["X-Forwarded-Preferred-Username", name])?.name).toBe("Ana Müller, Dr.");
    for (const odd of ["", "\xff\xfe", "a\u0007b"])
      expect(read(proof, user, ["X-Forwarded-Preferred-Username", odd])?.name).toBe("ana");
  });

  test("is nobody when neither the secret nor a name is there", () => {
    expect(read()).toBeNull();
    expect(read(["Host", "x"], ["X-Forwarded-For", "192.0.2.1"])).toBeNull();
    expect(read(proof)).toBeNull();
  });
});

/** Seen failing, each for its rule: without the check of `found.has`, of the spelling, of Connection, of the secret. */
describe("what such a server passes on of a client's making is refused as a whole", () => {
  test.each<[string, string[][]]>([
    ["no secret", [user]],
    ["a wrong secret", [user, ["X-Adyton-Proxy-Secret", "b".repeat(40)]]],
    ["a secret that is only begun", [user, ["X-Adyton-Proxy-Secret", secret.slice(0, -1)]]],
    ["an empty secret", [user, ["X-Adyton-Proxy-Secret", ""]]],
    ["a wrong secret without a name", [["X-Adyton-Proxy-Secret", "b".repeat(40)]]],
    ["two secrets, one right", [user, proof, ["x-adyton-proxy-secret", "b".repeat(40)]]],
    ["two secrets joined", [user, ["X-Adyton-Proxy-Secret", `${secret}, ${secret}`]]],
    ["two users", [proof, user, ["X-Forwarded-User", "eve@example.org"]]],
    ["the same user twice", [proof, user, user]],
    ["two users in two cases", [proof, user, ["x-forwarded-USER", "eve@example.org"]]],
    ["two e-mail addresses", [proof, user, ["X-Forwarded-Email", "a@b"], ["X-Forwarded-Email", "c@d"]]],
    ["an underscore beside it", [proof, user, ["X_Forwarded_User", "eve@example.org"]]],
    ["an underscore alone", [proof, ["x-forwarded_user", "eve@example.org"]]],
    ["a dot", [proof, user, ["X.Forwarded.User", "eve@example.org"]]],
    ["an underscore in the secret", [user, proof, ["X_Adyton_Proxy_Secret", secret]]],
    ["an underscore in the e-mail", [proof, user, ["X_Forwarded_Email", "eve@example.org"]]],
    ["Connection naming it", [proof, user, ["Connection", "close, X-Forwarded-User"]]],
    ["Connection naming the secret", [proof, user, ["Connection", "x_adyton_proxy_secret"]]],
    ["a list", [proof, ["X-Forwarded-User", "ana@example.org,eve@example.org"]]],
    ["a list that looks like one address", [proof, ["X-Forwarded-User", "eve,ana@example.org"]]],
    ["a list with ;", [proof, ["X-Forwarded-User", "ana@example.org; eve@example.org"]]],
    ["an empty user", [proof, ["X-Forwarded-User", ""]]],
    ["a blank user", [proof, ["X-Forwarded-User", "  "]]],
    ["an empty user beside an e-mail", [proof, ["X-Forwarded-User", ""], ["X-Forwarded-Email", "a@b"]]],
    ["an e-mail without a user", [proof, ["X-Forwarded-Email", "ana@example.org"]]],
    ["an empty e-mail beside a name", [proof, ["X-Forwarded-User", "ana"], ["X-Forwarded-Email", ""]]],
    ["a tab inside", [proof, ["X-Forwarded-User", "ana@example.org\teve"]]],
    ["a control character", [proof, ["X-Forwarded-User", "ana@exam\u0001ple.org"]]],
    ["letters beyond ASCII", [proof, ["X-Forwarded-User", "än\u00e4@example.org"]]],
    ["a name with address", [proof, ["X-Forwarded-User", "Ana <ana@example.org>"]]],
    ["no address at all", [proof, ["X-Forwarded-User", "@"]]],
    ["a very long one", [proof, ["X-Forwarded-User", `${"a".repeat(300)}@example.org`]]],
  ])("%s", (_name, headers) => {
    expect(refusalOf(...headers)).toBe("auth.proxy_refused");
  });
});

test("a header that was not asked for counts for nothing", () => {
  const plain = { secret, userHeader: "remote-user", emailHeader: undefined, nameHeader: undefined };
  const headers = [...proof, "Remote-User", "ana@example.org", "X-Forwarded-User", "eve@example.org"];
  expect(readProxyIdentity(headers, plain)?.email).toBe("ana@example.org");
  const named = [...proof, "Remote-User", "ana", "X-Forwarded-Email", "eve@example.org"];
  expect(() => readProxyIdentity(named, plain)).toThrow();
});

test("only a connection of the listed servers is asked, whatever it claims to pass on", () => {
  const proxies = proxyList(["10.0.0.2", "fd00::/16"]);
  for (const address of ["10.0.0.2", "::ffff:10.0.0.2", "fd00::1"])
    expect(isProxySocket(address, proxies)).toBe(true);
  for (const address of ["10.0.0.3", "127.0.0.1", "::1", undefined, "", "unknown"])
    expect(isProxySocket(address, proxies)).toBe(false);
});

test("the headers go no further, nor does one that poses as our own", () => {
  const headers = {
    "x-adyton-proxied": "eve",
    "x-adyton-proxy-secret": secret,
    "x-forwarded-user": "eve@example.org",
    "remote-user": "eve@example.org",
    accept: "*/*",
  };
  const request = { headers } as unknown as IncomingMessage;
  stripInternalHeaders(request);
  removeProxyHeaders(request, { ...auth, userHeader: "remote-user" });
  expect(request.headers).toEqual({ accept: "*/*" });
});

test.each([
  ["GET", "cross-site", "no-cors", true],
  ["GET", "cross-site", "cors", true],
  ["HEAD", "cross-site", "no-cors", true],
  ["GET", "cross-site", "navigate", false],
  ["GET", "same-origin", "cors", false],
  ["GET", "none", "navigate", false],
  ["POST", "cross-site", "cors", false],
  ["GET", undefined, undefined, false],
])("%s from %s (%s) is another site's own doing: %s", (method, site, mode, isElsewhere) => {
  const headers = { "sec-fetch-site": site, "sec-fetch-mode": mode };
  expect(isLoadedElsewhere({ method, headers } as unknown as IncomingMessage)).toBe(isElsewhere);
});

test("what goes on inside is what was read", () => {
  const identity = { email: "ana@example.org", name: "Ana Müller" };
  expect(readProxied(proxiedText(identity))).toEqual(identity);
});

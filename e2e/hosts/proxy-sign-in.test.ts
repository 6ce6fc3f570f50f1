import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client } from "../support/client";
import { type Door, type DoorKind, startSignInDoor } from "../support/door";
import { noteSecret } from "../support/evidence";
import { createPerson, invite, type Person, signInAdmin } from "../support/people";
import { type Host, startHost } from "../support/start-host";

const secret = "the-secret-of-the-web-server-in-front-4711";
const ana = "ana@example.org";
const me = "/api/auth/me";
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const asAna = ["Authorization", basic(ana, "a-word-for-ana")];

type Told = { status: number; code: string; email: string | undefined; text: string };

/** Exactly these headers, in this order, as often as they stand here. */
function ask(origin: string, headers: string[][], path = me, method = "GET", body = ""): Promise<Told> {
  const { hostname, port, host } = new URL(origin);
  const sent = [["Host", host], ...headers];
  if (body !== "") sent.push(["Content-Type", "application/json"], ["Content-Length", `${body.length}`]);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path, method, headers: sent.flat() as never, agent: false as const };
    const outgoing = request(options, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      answer.once("end", () => {
        const parsed = text.startsWith("{")
          ? (JSON.parse(text) as { code?: string; user?: { email: string } })
          : {};
        resolve({ status: answer.statusCode ?? 0, code: parsed.code ?? "", email: parsed.user?.email, text });
      });
    });
    outgoing.once("error", reject).end(body);
  });
}

const owner = "owner@hosts.example";

/** What a client writes who wants to be taken for the owner of the install. */
const spoofs: [string, string[][]][] = [
  ["the header itself", [["X-Forwarded-User", owner]]],
  [
    "the header twice",
    [
      ["X-Forwarded-User", owner],
      ["X-Forwarded-User", owner],
    ],
  ],
  ["small letters", [["x-forwarded-user", owner]]],
  ["underscores", [["X_Forwarded_User", owner]]],
  ["one underscore", [["X-Forwarded_User", owner]]],
  ["a dot", [["X.Forwarded.User", owner]]],
  ["an empty header", [["X-Forwarded-User", ""]]],
  ["a list", [["X-Forwarded-User", `${ana}, ${owner}`]]],
  [
    "a secret of its own",
    [
      ["X-Adyton-Proxy-Secret", "x".repeat(40)],
      ["X-Forwarded-User", owner],
    ],
  ],
  [
    "the right secret",
    [
      ["X-Adyton-Proxy-Secret", secret],
      ["X-Forwarded-User", owner],
    ],
  ],
  [
    "an underscore in the secret",
    [
      ["X_Adyton_Proxy_Secret", secret],
      ["X-Forwarded-User", owner],
    ],
  ],
  ["our own header", [["X-Adyton-Proxied", Buffer.from(`["${owner}",""]`).toString("base64url")]]],
  ["Connection", [["Connection", "close, X-Forwarded-User"]]],
  [
    "Connection naming the secret",
    [
      ["Connection", "X-Adyton-Proxy-Secret"],
      ["X-Forwarded-User", owner],
    ],
  ],
  [
    "other names",
    [
      ["X-Forwarded-Email", owner],
      ["X-Forwarded-Preferred-Username", owner],
      ["Remote-User", owner],
    ],
  ],
  [
    "Forwarded",
    [
      ["Forwarded", `for=127.0.0.1;user=${owner}`],
      ["X-Forwarded-For", "127.0.0.1"],
    ],
  ],
  ["a second password", [["Authorization", basic(owner, "guess")]]],
  [
    "a token beside it",
    [
      ["Authorization", "Bearer x"],
      ["Authorization", basic(owner, "guess")],
    ],
  ],
];

let host: Host;
let admin: Client;
let person: Person;
beforeAll(async () => {
  noteSecret(secret);
  host = await startHost({ env: { TRUSTED_PROXIES: "127.0.0.1", PROXY_AUTH_SECRET: secret } });
  admin = await signInAdmin(host);
  await invite(admin, { email: ana, name: "Ana Quill" });
  person = await createPerson(host, admin);
});
afterAll(() => host?.stop());

describe.each<DoorKind>(["nginx", "haproxy"])("docs/samples/%s/proxy-sign-in", (kind) => {
  let door: Door;
  let origin: string;
  beforeAll(async () => {
    door = await startSignInDoor(kind, host.port, secret);
    origin = door.client().origin;
  });
  afterAll(() => door?.stop());

  test("whoever it lets in is signed in, on pages and at the API, and nobody else is", async () => {
    expect(await ask(origin, [asAna])).toMatchObject({ status: 200, email: ana });
    const page = await ask(origin, [asAna], "/dashboard");
    expect([page.status, page.text.includes("Ana Quill")]).toEqual([200, true]);
    for (const headers of [
      [],
      [["Authorization", basic(ana, "wrong")]],
      [["Authorization", basic(owner, "")]],
    ])
      expect((await ask(origin, headers)).status).toBe(401);
  });

  // Seen failing on nginx without the line that sets X-Forwarded-User, on HAProxy without that and the one that removes it.
  test.each(spoofs)("%s: only the web server's word counts", async (_name, headers) => {
    for (const sent of [
      [asAna, ...headers],
      [...headers, asAna],
    ]) {
      const told = await ask(origin, sent);
      if (told.status === 200) expect(told.email).toBe(ana);
      else expect([400, 401]).toContain(told.status);
    }
    const alone = await ask(origin, headers);
    expect([400, 401]).toContain(alone.status);
    expect(alone.email).toBeUndefined();
  });

  test("a page of another site cannot make that browser change something", async () => {
    const rename = (from: string) =>
      ask(origin, [asAna, ["Origin", from]], me, "PATCH", JSON.stringify({ name: "Ana Quill" }));
    expect(await rename("https://evil.example")).toMatchObject({ status: 403, code: "request.cross_site" });
    expect((await rename(`http://localhost:${host.port}`)).status).toBe(200);
  });

  test("a cookie of somebody else who sat there before is passed over", async () => {
    const cookie = [...person.client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    expect((await ask(origin, [asAna, ["Cookie", cookie]])).email).toBe(ana);
    expect((await person.client.get(me)).status).toBe(200);
  });

  test("a program with a key needs no password of the web server, and is who the key says", async () => {
    const made = await admin.api("POST", "/api/v1/keys", { name: "Behind it", scopes: ["models:read"] });
    const key = made.json<{ secret: string }>().secret;
    noteSecret(key);
    expect((await ask(origin, [["Authorization", `Bearer ${key}`]], "/api/v1/models")).status).toBe(200);
    expect((await ask(origin, [["Authorization", "Bearer nothing"]], "/api/v1/models")).status).toBe(401);
  });
});

describe("without a web server in between, from an address that is listed", () => {
  const proof = ["X-Adyton-Proxy-Secret", secret];
  const user = ["X-Forwarded-User", ana];

  test("the plain word with the secret counts", async () => {
    expect(await ask(host.origin, [proof, user])).toMatchObject({ status: 200, email: ana });
    expect((await ask(host.origin, [proof])).code).toBe("auth.required");
    expect((await ask(host.origin, [proof, ["X-Forwarded-User", "nobody@example.org"]])).code).toBe(
      "auth.proxy_refused",
    );
  });

  test.each<[string, string[][]]>([
    ["no secret", [user]],
    ["a wrong one", [user, ["X-Adyton-Proxy-Secret", "x".repeat(40)]]],
    ["two users", [proof, user, ["X-Forwarded-User", owner]]],
    ["underscores", [proof, user, ["X_Forwarded_User", owner]]],
    ["an empty value", [proof, ["X-Forwarded-User", ""]]],
    ["a list", [proof, ["X-Forwarded-User", `${ana},${owner}`]]],
    ["hop by hop", [proof, user, ["Connection", "close, X-Forwarded-User"]]],
    ["a blank in the name", [proof, user, ["X-Forwarded-User ", owner]]],
  ])("%s is refused", async (_name, headers) => {
    const told = await ask(host.origin, headers).catch(() => ({ status: 400, code: "", email: undefined }));
    expect([400, 401]).toContain(told.status);
    expect(told.email).toBeUndefined();
  });
});

test("from an address that is not listed, and where it is not switched on, the headers mean nothing", async () => {
  const headers = [
    ["X-Adyton-Proxy-Secret", secret],
    ["X-Forwarded-User", owner],
  ];
  const hosts: Record<string, string>[] = [
    { TRUSTED_PROXIES: "192.0.2.1", PROXY_AUTH_SECRET: secret },
    { TRUSTED_PROXIES: "127.0.0.1" },
  ];
  for (const env of hosts) {
    const other = await startHost({ env });
    try {
      const told = await ask(other.origin, headers);
      expect([told.status, told.code]).toEqual([401, "auth.required"]);
    } finally {
      await other.stop();
    }
  }
});

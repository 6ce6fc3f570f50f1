import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { askService, discoverIssuer } from "./issuer";

let server: Server | undefined;
afterEach(() => void server?.close().closeAllConnections());

type Reply = { status?: number; location?: string; body: (url: string) => unknown };

async function serve({ status = 200, location, body }: Reply): Promise<string> {
  server = createServer((_request, response) => {
    const text = body(url);
    response
      .writeHead(status, { "content-type": "application/json", ...(location ? { location } : {}) })
      .end(typeof text === "string" ? text : JSON.stringify(text));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return url;
}

const good = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
});

test("a service is taken as it describes itself, and shown the secret in a way it takes", async () => {
  const url = await serve({ body: good });
  expect((await discoverIssuer(url)).clientAuthentication).toBe("client_secret_basic");
  const methods = ["private_key_jwt", "client_secret_post"];
  const strict = await serve({
    body: (self) => ({ ...good(self), token_endpoint_auth_methods_supported: methods }),
  });
  expect((await discoverIssuer(`${strict}/`)).clientAuthentication).toBe("client_secret_post");
});

test.each<[string, Reply]>([
  ["calls itself otherwise", { body: (url) => ({ ...good(url), issuer: "https://accounts.google.com" }) }],
  [
    "names an address without encryption",
    { body: (url) => ({ ...good(url), token_endpoint: "http://1.1.1.1/" }) },
  ],
  [
    "names an address with a password",
    { body: (url) => ({ ...good(url), jwks_uri: "https://a:b@1.1.1.1/" }) },
  ],
  ["names none for its keys", { body: (url) => ({ ...good(url), jwks_uri: undefined }) }],
  ["sends elsewhere", { status: 302, location: "https://elsewhere.example/", body: good }],
  ["has no description", { status: 404, body: good }],
  ["answers no JSON", { body: () => "<html>" }],
  ["answers without end", { body: () => "x".repeat(300_000) }],
  [
    "takes no client secret",
    { body: (url) => ({ ...good(url), token_endpoint_auth_methods_supported: ["none"] }) },
  ],
])("one that %s is refused with a sentence", async (_name, reply) => {
  await expect(discoverIssuer(await serve(reply))).rejects.toThrow(/[a-z].*\.$/s);
});

test.each(["http://login.example.org", "ftp://127.0.0.1/", "http://127.0.0.1.evil.example/", "nothing"])(
  "nothing is ever asked of %s",
  async (url) => {
    await expect(discoverIssuer(url)).rejects.toThrow("https");
    await expect(askService(url)).rejects.toThrow("https");
  },
);

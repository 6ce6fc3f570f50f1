import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { noteSecret } from "./evidence";

export type RealIssuer = {
  url: string;
  client: { client_id: string; client_secret: string };
  stop: () => void;
};

type Person = { email: string; email_verified: boolean; name: string };

/**
 * A throwaway OpenID Connect service, certified software and not ours. Its own pages ask for a name, under which
 * everybody signs in, and whether they agree.
 */
export async function startRealIssuer(
  callbackUrl: string,
  people: Readonly<Record<string, Person>>,
): Promise<RealIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { client_id: "adyton", client_secret: "a secret between the two of them" };
  noteSecret(client.client_secret);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(url, {
    clients: [{ ...client, redirect_uris: [callbackUrl] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["only for this test"] },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" } as never] },
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    // Said, because it complains about every one that is not.
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: true } },
  });
  server.on("request", provider.callback());
  return { url, client, stop: () => void server.close().closeAllConnections() };
}

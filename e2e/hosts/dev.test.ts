import { expect, test } from "vitest";
import { createPerson, signInAdmin } from "../support/people";
import { startHost } from "../support/start-host";

test("under next dev people sign in, are told apart and are signed out, as in production", async () => {
  const host = await startHost({ kind: "dev" });
  try {
    const admin = await signInAdmin(host);
    const member = await createPerson(host, admin);
    const stranger = host.client();
    const answers = async (address: string) =>
      Promise.all([stranger, member.client, admin].map(async (client) => (await client.get(address)).status));
    expect(await answers("/api/auth/me")).toEqual([401, 200, 200]);
    expect(await answers("/api/v1/admin/users")).toEqual([401, 403, 200]);
    expect(await answers("/admin/users")).toEqual([307, 403, 200]);
    const stolen = member.client.copy();
    await member.client.signOut();
    expect((await stolen.get("/api/auth/me")).status).toBe(401);
  } finally {
    await host.stop();
  }
});

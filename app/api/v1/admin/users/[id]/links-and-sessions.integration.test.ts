import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { authenticate } from "@/lib/http/authenticate";
import { now } from "@/lib/infra/clock";
import { Browser } from "@/lib/testing/browser";
import { makeAdmin, makeUser, type SignedIn, signedIn } from "@/lib/testing/factories";
import { rememberSecret } from "@/lib/testing/leaks";
import { api, secretOf } from "@/lib/testing/request";
import type { linkView } from "@/lib/users/schema";

type Link = z.infer<typeof linkView>;

const list = "/api/v1/admin/users";
const nobody = `${list}/usr_doesnotexist000000`;

let admin: SignedIn;
beforeAll(async () => {
  admin = await signedIn(await makeAdmin({ name: "Boss" }));
});
const as = () => ({ as: admin });
const isIn = async ({ cookie }: { cookie: string }) =>
  (await authenticate(new Headers({ cookie }))).kind === "session";

describe("links of a user", () => {
  test("201: a new invitation and a reset; 409 where they make no sense; 404 for nobody", async () => {
    const [invited, active] = [await makeUser({ passwordHash: null }), await makeUser()];
    const invitation = await api<Link>("POST", `${list}/${invited.id}/invitation`, as());
    expect([invitation.status, invitation.body.url]).toEqual([201, expect.stringContaining("/invite#")]);
    const reset = await api<Link>("POST", `${list}/${active.id}/password`, as());
    expect([reset.status, reset.body.url]).toEqual([201, expect.stringContaining("/reset#")]);
    expect((await api("POST", `${list}/${active.id}/invitation`, as())).body.code).toBe(
      "user.already_active",
    );
    const disabled = await makeUser({ disabledAt: now() });
    expect((await api("POST", `${list}/${disabled.id}/password`, as())).body.code).toBe("user.not_active");
    for (const kind of ["invitation", "password"])
      expect((await api("POST", `${nobody}/${kind}`, as())).status).toBe(404);
  });

  test("204: the reset sets the password, 401 the second time, 422 for a weak one", async () => {
    const user = await makeUser();
    const reset = await api<Link>("POST", `${list}/${user.id}/password`, as());
    const token = secretOf(reset.body);
    const chosen = "amber Lantern 3 by the sea";
    rememberSecret(chosen);
    const send = (password: string) =>
      api("POST", "/api/auth/password/reset", { body: { token, new_password: password } });
    expect([(await send("Password1")).status, (await send("short")).status]).toEqual([422, 422]);
    expect((await send(chosen)).status).toBe(204);
    expect(await send(chosen)).toMatchObject({ status: 401, body: { code: "link.invalid" } });
    expect((await new Browser().signIn(user.email, chosen)).status).toBe(200);
  });
});

describe("sessions of a user", () => {
  type Sessions = { items: { id: string; is_current: boolean; device: string; address: string }[] };
  test("200: the live ones; 204: all ended; 404 for nobody", async () => {
    const person = await signedIn(await makeUser());
    const address = `${list}/${person.user.id}/sessions`;
    expect((await api<Sessions>("GET", address, as())).body.items).toEqual([
      expect.objectContaining({
        id: person.sessionId,
        is_current: false,
        device: "Firefox on Linux",
        address: "192.0.2.1",
      }),
    ]);
    expect((await api("DELETE", address, as())).status).toBe(204);
    expect(await isIn(person)).toBe(false);
    expect((await api<Sessions>("GET", address, as())).body.items).toEqual([]);
    for (const method of ["GET", "DELETE"])
      expect((await api(method, `${nobody}/sessions`, as())).status).toBe(404);
  });
});

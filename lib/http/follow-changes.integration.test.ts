import { expect, test } from "vitest";
import { listChangesAfter, newestPosition } from "../audit/queries";
import type { Actor } from "../core/actor";
import { moveClock } from "../infra/clock";
import { changePlan } from "../plans/commands";
import { makeAdmin, makeKey, makeUser, signedIn, signedInProgram } from "../testing/factories";
import { inProcesses } from "../testing/processes";
import { authenticate } from "./authenticate";

/** What somebody does at another process of the same install, without Redis between the two. */
const elsewhere = (actor: Actor, from: string, command: string, ...input: unknown[]) =>
  inProcesses(1, {
    imports: `import { ${command} } from "./lib/${from}";`,
    lines: `await ${command}(${[actor, ...input].map((value) => JSON.stringify(value)).join(", ")}); return null;`,
  });

// Seen failing, both: without followChanges() in authenticate() what was remembered goes on for half a minute.

test("a key that another process revoked is refused within a second, and other people's go on", async () => {
  const owner = await signedIn(await makeUser());
  const [revoked, kept] = [await makeKey(owner.user), await makeKey(await makeUser())];
  for (const { headers } of [revoked, kept]) await authenticate(new Headers(headers));
  await elsewhere(owner.actor, "keys/commands/revoke-key", "revokeKey", revoked.key.id);
  moveClock(600);
  await expect(authenticate(new Headers(revoked.headers))).rejects.toMatchObject({ code: "key.revoked" });
  expect(await authenticate(new Headers(kept.headers))).toMatchObject({ kind: "key" });
});

test("a person whom another process disabled is out within a second: browser, program and key", async () => {
  const admin = await signedIn(await makeAdmin());
  const person = await signedIn(await makeUser());
  const shown = [
    { cookie: person.cookie },
    (await signedInProgram(person.user)).headers,
    (await makeKey(person.user)).headers,
  ].map((headers) => new Headers(headers));
  for (const headers of shown) expect((await authenticate(headers)).kind).not.toBe("anonymous");
  const change = { disabled: true };
  await elsewhere(admin.actor, "users/commands/update-user", "updateUser", person.user.id, change);
  moveClock(600);
  expect(await authenticate(shown[0] as Headers)).toMatchObject({ kind: "anonymous" });
  for (const headers of shown.slice(1))
    await expect(authenticate(headers)).rejects.toMatchObject({ code: "auth.invalid_token" });
});

test("more changes than are worth naming are everything, and nothing is nothing", async () => {
  const before = await newestPosition();
  expect(await listChangesAfter(before)).toEqual({ position: before, ids: [] });
  const { actor } = await signedIn(await makeAdmin());
  for (let round = 0; round < 500; round += 1)
    await changePlan(actor, "paid", { description: `Change ${round}` });
  expect(await listChangesAfter(before)).toEqual({ position: before + 500, ids: null });
  expect(await listChangesAfter(before + 498)).toEqual({ position: before + 500, ids: ["paid", "paid"] });
});

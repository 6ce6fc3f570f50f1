import bcrypt from "bcryptjs";
import { afterEach, expect, test, vi } from "vitest";
import { env } from "../env";
import { prepareDataDir } from "../secrets";
import { isCommonPassword } from "./common";
import { hashPassword, verifyPassword } from "./password";
import * as pool from "./worker-pool";

prepareDataDir(env().dataDir);
afterEach(() => vi.restoreAllMocks());

test("the right password is right, a wrong one is not", async () => {
  const hash = await hashPassword("plum tractor 7");
  expect(await verifyPassword("plum tractor 7", hash)).toBe(true);
  expect(await verifyPassword("plum tractor 8", hash)).toBe(false);
  expect(await verifyPassword("plum tractor 7 ", hash)).toBe(false);
  expect(await verifyPassword("Plum tractor 7", hash)).toBe(false);
});

test("the hash is bcrypt of cost 12, salted", async () => {
  const [one, two] = await Promise.all([hashPassword("plum tractor 7"), hashPassword("plum tractor 7")]);
  expect(one).toMatch(/^\$2[aby]\$12\$.{53}$/);
  expect(one).not.toBe(two);
});

// Seen failing: with the password given to bcrypt directly, which ignores what follows byte 72.
test("passwords that differ only after byte 72 are different passwords", async () => {
  const start = "x".repeat(72);
  const hash = await hashPassword(`${start}a`);
  expect(await verifyPassword(`${start}b`, hash)).toBe(false);
  expect(await verifyPassword(start, hash)).toBe(false);
  expect(await verifyPassword(`${start}a`, hash)).toBe(true);
});

test("a NUL cuts nothing off", async () => {
  const hash = await hashPassword("plum\0tractor");
  expect(await verifyPassword("plum\0", hash)).toBe(false);
  expect(await verifyPassword("plum\0tractor", hash)).toBe(true);
});

test("the same letters in another Unicode composition are the same password", async () => {
  const hash = await hashPassword("caf\u00e9 under the bridge");
  expect(await verifyPassword("cafe\u0301 under the bridge", hash)).toBe(true);
  expect(await verifyPassword("cafe under the bridge", hash)).toBe(false);
});

test("without the pepper the hash is worth nothing", async () => {
  expect(await bcrypt.compare("plum tractor 7", await hashPassword("plum tractor 7"))).toBe(false);
});

// Seen failing: with an early `return false` for a missing hash.
test("no account costs a real comparison of the same cost, and the answer is no", async () => {
  const run = vi.spyOn(pool, "hashInWorker");
  expect(await verifyPassword("anything", null)).toBe(false);
  expect(run).toHaveBeenCalledTimes(1);
  const [job] = run.mock.calls[0] ?? [];
  const hash = job && "hash" in job ? job.hash : "";
  expect(bcrypt.getRounds(hash)).toBe(12);
  expect(hash).toHaveLength(60);
  // bcryptjs answers at once, without work, when a hash is not well-formed.
  expect(hash).toMatch(/^\$2b\$12\$[./A-Za-z0-9]{53}$/);
});

test.each(["password", "12345678", "Password1", "QWERTYUIOP", "iloveyou", "letmein1", "sunshine"])(
  "%s is known as a common password, however it is capitalised",
  async (password) => expect(await isCommonPassword(password)).toBe(true),
);

test("a few unrelated words are not", async () =>
  expect(await isCommonPassword("plum tractor bridge")).toBe(false));

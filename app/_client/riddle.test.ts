import { pbkdf2Sync } from "node:crypto";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey as deriveOnServer } from "altcha-lib/algorithms/pbkdf2";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { deriveByHand } from "./derive-key";
import { solveRiddle } from "./riddle";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("what is computed by hand is PBKDF2, for every nonce and salt", async () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  await fc.assert(
    fc.asyncProperty(bytes(20), bytes(16), fc.integer({ min: 1, max: 30 }), async (password, salt, cost) => {
      const { derivedKey } = await deriveByHand({ cost } as never, salt, password);
      expect(Buffer.from(derivedKey)).toEqual(pbkdf2Sync(password, salt, cost, 32, "sha256"));
    }),
    { numRuns: 50 },
  );
});

const secrets = { hmacSignatureSecret: "one".repeat(10), hmacKeySignatureSecret: "two".repeat(10) };

test.each(["with", "without"])("a browser %s its own cryptography solves a riddle", async (how) => {
  const riddle = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 500,
    counter: 12,
    deriveKey: deriveOnServer,
    ...secrets,
  });
  if (how === "without") vi.stubGlobal("crypto", {});
  const solved = await solveRiddle(riddle);
  vi.unstubAllGlobals();
  const { challenge, solution } = JSON.parse(Buffer.from(solved, "base64").toString());
  expect(solution.counter).toBe(12);
  const answer = await verifySolution({ challenge, solution, deriveKey: deriveOnServer, ...secrets });
  expect(answer.verified).toBe(true);
});

import { expect, test } from "vitest";
import { contentPolicy, securityHeaders } from "./security-headers";

const directive = (policy: string, name: string) =>
  policy.split("; ").find((part) => part.startsWith(`${name} `));

// Seen failing: with one nonce for all answers.
test("each page runs scripts with its own nonce of at least 128 random bits, and no inline script without", () => {
  const nonces = Array.from({ length: 100 }, () => {
    const scripts = directive(contentPolicy("/dashboard"), "script-src") ?? "";
    expect(scripts).not.toMatch(/unsafe|\*/);
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? "";
    expect(Buffer.from(nonce, "base64").length).toBeGreaterThanOrEqual(16);
    return nonce;
  });
  expect(new Set(nonces).size).toBe(100);
});

test("no page may be framed, send forms elsewhere, load objects or move its base", () => {
  const policy = contentPolicy("/");
  expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
  expect(directive(policy, "form-action")).toBe("form-action 'self'");
  expect(directive(policy, "object-src")).toBe("object-src 'none'");
  expect(directive(policy, "base-uri")).toBe("base-uri 'none'");
  expect(directive(policy, "default-src")).toBe("default-src 'self'");
});

test("an answer of the API is no page at all", () => {
  expect(contentPolicy("/api/auth/me")).toBe("default-src 'none'; frame-ancestors 'none'");
});

test("HSTS is sent behind https and nowhere else; nosniff, framing and referrer always", () => {
  expect(securityHeaders(true)["strict-transport-security"]).toMatch(/max-age=31536000/);
  expect(securityHeaders(false)).not.toHaveProperty("strict-transport-security");
  for (const isHttps of [true, false])
    expect(securityHeaders(isHttps)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
});

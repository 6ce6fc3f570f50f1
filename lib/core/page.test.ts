import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "./errors";
import { decodeCursor, encodeCursor, toPage } from "./page";

const wellFormed = fc
  .string({ unit: "grapheme" })
  .filter((text) => text.isWellFormed() && !text.includes("\0"));

test("a cursor that was given out is read back as it was", () => {
  fc.assert(
    fc.property(wellFormed, wellFormed, (value, id) => {
      expect(decodeCursor(encodeCursor({ value, id }))).toEqual({ value, id });
    }),
  );
});

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.code : "not an AppError";
  }
};

test("anything else is refused as invalid input and never throws something else", () => {
  const json = fc.json().map((text) => Buffer.from(text).toString("base64url"));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), json), (text) => {
      expect([undefined, "request.invalid"]).toContain(codeOf(() => decodeCursor(text)));
    }),
  );
});

test.each(["", "x", "W10", "bnVsbA", "WyJhIl0", "WzEsMl0", "eyJ2YWx1ZSI6MX0", "%00", "W1siYSJdLCJiIl0"])(
  "the garbage %j is a 422 at /cursor",
  (text) => {
    expect(() => decodeCursor(text)).toThrow(
      expect.objectContaining({
        code: "request.invalid",
        faults: [expect.objectContaining({ pointer: "/cursor" })],
      }),
    );
  },
);

test("a cursor with a NUL or half a character is refused: no database could compare it", () => {
  for (const text of ["a\0b", "\ud800"]) {
    const cursor = Buffer.from(JSON.stringify([text, "id"])).toString("base64url");
    expect(codeOf(() => decodeCursor(cursor))).toBe("request.invalid");
    const inId = Buffer.from(JSON.stringify(["value", text])).toString("base64url");
    expect(codeOf(() => decodeCursor(inId))).toBe("request.invalid");
  }
});

test("a page has at most `limit` rows and a cursor exactly when more follow", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 30 }), (count, limit) => {
      const rows = Array.from({ length: Math.min(count, limit + 1) }, (_, index) => ({ index }));
      const page = toPage(rows, limit, ({ index }) => ({ value: String(index), id: "x" }));
      expect(page.items).toEqual(rows.slice(0, limit));
      expect(page.nextCursor === null).toBe(count <= limit);
      if (page.nextCursor) expect(decodeCursor(page.nextCursor).value).toBe(String(limit - 1));
    }),
  );
});

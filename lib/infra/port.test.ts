import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../testing/postgres";
import { assertPortIsFree, portError } from "./port";

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

test("a free port is free, and still free afterwards", async () => {
  const port = await freePort();
  await assertPortIsFree(port, "127.0.0.1");
  await assertPortIsFree(port, "127.0.0.1");
});

test("a taken port is one sentence that says how to go on", async () => {
  const port = await freePort();
  server = createServer();
  await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve));
  await expect(assertPortIsFree(port, "127.0.0.1")).rejects.toThrow(
    expect.objectContaining({
      name: "SetupError",
      message: expect.stringMatching(/is taken.*PORT=3001 npm start/),
    }),
  );
});

test.each(["EACCES", "EADDRNOTAVAIL", "ENOTFOUND", "EWHATEVER"])("%s is a sentence too", (code) => {
  const error = portError(Object.assign(new Error("reason"), { code }), 80, "203.0.113.1");
  expect(error.name).toBe("SetupError");
  expect(error.message.split("\n")).toHaveLength(1);
});

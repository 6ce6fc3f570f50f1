import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProcesses } from "../../testing/processes";
import { upstreamTarget, useNames } from "../../testing/upstream-targets";
import { doublingService } from "../../testing/upstreams";
import { askUpstreamRows, closeUpstreams, upstreamReport } from "./upstream";

const folder = mkdtempSync(path.join(tmpdir(), "adyton-tls-"));
const [keyFile, certificateFile] = [path.join(folder, "key.pem"), path.join(folder, "certificate.pem")];
let server: ReturnType<typeof createServer>;
let port = 0;

beforeAll(async () => {
  const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const about = ["-subj", "/CN=models.test", "-addext", "subjectAltName=DNS:models.test", "-days", "2"];
  execFileSync("openssl", [...kind, ...about, "-keyout", keyFile, "-out", certificateFile], {
    stdio: "ignore",
  });
  const credentials = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
  server = createServer(credentials, doublingService);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(async () => {
  await closeUpstreams();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

// Seen failing: without rejectUnauthorized, the variable of the environment let it through.
test("a certificate nobody vouches for is refused, whatever the environment says", async () => {
  const restoreNames = useNames(() => ["127.0.0.1"]);
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  const target = upstreamTarget(`https://models.test:${port}`);
  const asking = askUpstreamRows(target, [{ x: 1 }], { timeoutMs: 5_000 });
  await expect(asking).rejects.toMatchObject({ code: "upstream.unreachable" });
  expect(upstreamReport(target.id).reason).toMatch(/certificate cannot be verified/);
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  restoreNames();
});

test("a trusted certificate is accepted for its own name, and for no other", async () => {
  const [answers] = await inProcesses<unknown[]>(1, {
    imports: `
      import { upstreamTarget, useNames } from "./lib/testing/upstream-targets";
      import { askUpstreamRows, upstreamReport } from "./lib/runners/http/upstream";`,
    lines: `
      useNames(() => ["127.0.0.1"]);
      const answers = [];
      for (const name of ["models.test", "other.test"]) {
        const target = upstreamTarget("https://" + name + ":${port}");
        const asking = askUpstreamRows(target, [{ x: 1 }], { timeoutMs: 5000 });
        answers.push(await asking.then(({ rows }) => rows, () => upstreamReport(target.id).reason));
      }
      return answers;`,
    env: { NODE_EXTRA_CA_CERTS: certificateFile },
  });
  expect(answers).toEqual([[{ doubled: 2 }], "Its certificate was made for another name."]);
});

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

process.env.ADYTON_EVIDENCE = mkdtempSync(path.join(tmpdir(), "adyton-evidence-"));

/** In the order of the alphabet; what looks at the evidence of all others comes last. */
class LogsLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification) =>
      `${file.moduleId.endsWith("/logs.test.ts") ? 1 : 0}${file.moduleId}`;
    return files.sort((a, b) => rank(a).localeCompare(rank(b)));
  }
}

/** Black-box tests against real hosts on the production build: one file after the other, beside the other parts of `npm test`. */
export default defineConfig({
  test: {
    include: ["e2e/hosts/**/*.test.ts"],
    globalSetup: ["e2e/support/remove-evidence.ts"],
    fileParallelism: false,
    sequence: { sequencer: LogsLast },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { ADYTON_EVIDENCE: process.env.ADYTON_EVIDENCE },
    restoreMocks: true,
  },
});

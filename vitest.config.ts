import { defineConfig } from "vitest/config";

const needsDatabase = "{lib,app}/**/*.integration.test.ts";

/** These say nothing about a database (they are about routes, Redis, runners and files), so one is enough. */
const onceIsEnough = [
  "app/api/authorisation.integration.test.ts",
  "app/api/v1/admin/model-files/route.integration.test.ts",
  "app/api/v1/admin/models/*/versions/route.integration.test.ts",
  "app/v2/inference.integration.test.ts",
  "lib/http/provider-sign-in.integration.test.ts",
  "lib/infra/bus.integration.test.ts",
  "lib/limits/limiter.integration.test.ts",
];

/**
 * `unit` needs no database; `sqlite` and `postgres` run the very same integration files, each file with a
 * database of its own. `x.sqlite.test.ts` is for what only a database in a file can go through.
 */
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    // Own processes: environment, clock and singletons of one file are nobody else's.
    pool: "forks",
    maxWorkers: 2,
    // The ONNX runtime reports to its makers unless it is told not to.
    env: { ORT_DISABLE_TELEMETRY: "1" },
    testTimeout: 40_000,
    // What is waited for comes when it comes: two cores may have other work.
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
    // next-auth imports "next/server" without an extension, which only a bundler resolves.
    server: { deps: { inline: ["next-auth"] } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{lib,app,scripts}/**/*.test.ts"],
          exclude: [needsDatabase, "{lib,app}/**/*.sqlite.test.ts"],
          setupFiles: ["lib/testing/setup-unit.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "sqlite",
          include: [needsDatabase, "{lib,app}/**/*.sqlite.test.ts"],
          globalSetup: ["lib/testing/global-setup.ts"],
          setupFiles: ["lib/testing/setup-database.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: [needsDatabase],
          exclude: onceIsEnough,
          globalSetup: ["lib/testing/global-setup.ts"],
          setupFiles: ["lib/testing/setup-database.ts"],
        },
      },
    ],
  },
});

import { run } from "./run.mjs";

await run("scripts/migrate.ts");

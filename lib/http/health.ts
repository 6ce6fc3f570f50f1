import { z } from "zod";
import { isDatabaseAlive } from "../infra/db/alive";
import { isDraining } from "./host";

export const liveView = z.strictObject({ status: z.literal("ok") });

export const readyView = z.strictObject({
  status: z.enum(["ok", "unavailable"]),
  checks: z.array(z.strictObject({ name: z.string(), status: z.enum(["ok", "unavailable"]) })),
});

export async function checkReadiness(): Promise<z.infer<typeof readyView>> {
  const checks = [
    { name: "process", isOk: !isDraining() },
    { name: "database", isOk: await isDatabaseAlive() },
  ].map(({ name, isOk }) => ({ name, status: isOk ? ("ok" as const) : ("unavailable" as const) }));
  return { status: checks.every(({ status }) => status === "ok") ? "ok" : "unavailable", checks };
}

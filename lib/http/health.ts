import { z } from "zod";
import { isDatabaseAlive } from "../infra/db/alive";
import { renderMetrics } from "../infra/metrics";
import { isRedisConfigured, isRedisUp } from "../infra/redis";
import { isDraining } from "./host";

export const liveView = z.strictObject({ status: z.literal("ok") });

export const readyView = z.strictObject({
  status: z.enum(["ok", "unavailable"]),
  /** `degraded`: it is away, and the app does without it for the time being. */
  checks: z.array(z.strictObject({ name: z.string(), status: z.enum(["ok", "degraded", "unavailable"]) })),
});
type Ready = z.infer<typeof readyView>;

export async function checkReadiness(): Promise<Ready> {
  const checks: Ready["checks"] = [
    { name: "process", status: isDraining() ? "unavailable" : "ok" },
    { name: "database", status: (await isDatabaseAlive()) ? "ok" : "unavailable" },
  ];
  // Without Redis each process counts for itself: worse, but no reason to send people elsewhere.
  if (isRedisConfigured()) checks.push({ name: "redis", status: isRedisUp() ? "ok" : "degraded" });
  return { status: checks.some(({ status }) => status === "unavailable") ? "unavailable" : "ok", checks };
}

export const metricsAnswer = (): Response =>
  new Response(renderMetrics(), { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } });

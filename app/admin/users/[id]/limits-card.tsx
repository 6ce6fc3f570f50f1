import type { z } from "zod";
import { Card } from "@/app/_components/card";
import { LimitBars } from "@/app/_usage/limit-bars";
import { formatNumber } from "@/app/admin/_parts/count";
import type { grantView, limitsLeftView } from "@/lib/usage/schema";
import type { AboutUser } from "./about-user";
import { GrantButton } from "./grant-button";
import { GrantList } from "./grant-list";

type LimitsCardProps = Pick<AboutUser, "user"> & {
  left: z.infer<typeof limitsLeftView>;
  /** Newest first. */
  grants: readonly z.infer<typeof grantView>[];
};

/** What is left of each limit of the plan, and the extra units that were given on top. */
export function LimitsCard({ user, left, grants }: LimitsCardProps) {
  const hasQuota = left.limits.some(({ name, limit }) => name === "month_units" && limit !== null);
  return (
    <Card
      title="What is left"
      description={
        left.units_granted > 0
          ? `Of the plan ${left.plan} and ${formatNumber(left.units_granted)} extra units of this month.`
          : `Of the plan ${left.plan}.`
      }
      action={user.state !== "deleted" && <GrantButton user={user} hasQuota={hasQuota} />}
    >
      <LimitBars limits={left.limits} currency={left.currency} />
      {grants.length > 0 && <GrantList grants={grants} />}
    </Card>
  );
}

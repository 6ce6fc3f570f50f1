import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { RelativeTime } from "@/app/_components/relative-time";
import { ConnectAppButton } from "./connect-app-button";
import { FactorButton } from "./factor-button";

type AppCardProps = { since: Date | null; isOnlyFactor: boolean; hasNoFactor: boolean };

export function AppCard({ since, isOnlyFactor, hasNoFactor }: AppCardProps) {
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          Authenticator app
          <Badge tone={since ? "success" : "neutral"} hasDot>
            {since ? "On" : "Off"}
          </Badge>
        </span>
      }
      description="After your password you type six digits that an app on your phone shows."
      action={
        since ? (
          <FactorButton choice={{ action: "remove-app", isLast: isOnlyFactor }}>Remove app</FactorButton>
        ) : (
          <ConnectAppButton isMain={hasNoFactor} />
        )
      }
    >
      <p className="max-w-prose text-muted">
        {since ? (
          <>
            Connected <RelativeTime at={since} />. On a new phone: move the entry in the app, or remove it
            here and connect again.
          </>
        ) : (
          "Whoever learns your password then does not get in without your phone. Any authenticator app will do, and many are free."
        )}
      </p>
    </Card>
  );
}

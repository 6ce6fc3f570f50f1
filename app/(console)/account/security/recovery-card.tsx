import { Alert } from "@/app/_components/alert";
import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { FactorButton } from "./factor-button";

/** Fewer than this, and it is time for new ones. */
const few = 3;

export function RecoveryCard({ left }: { left: number }) {
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          Recovery codes
          <Badge tone={left < few ? "warning" : "neutral"}>{left === 1 ? "1 left" : `${left} left`}</Badge>
        </span>
      }
      description="Each lets you in once when your phone or passkey is not at hand."
      action={<FactorButton choice={{ action: "new-codes", left }}>Make new codes</FactorButton>}
    >
      {left < few ? (
        <Alert
          tone="warning"
          title={left === 0 ? "You have no recovery codes" : "Your recovery codes are running out"}
          text="If your phone or passkey gets lost, only an administrator can let you in again. Make new codes and store them."
        />
      ) : (
        <p className="max-w-prose text-muted">
          They are with you, on paper or in a password manager: here only their number is known. If somebody
          may have seen them, make new ones.
        </p>
      )}
    </Card>
  );
}

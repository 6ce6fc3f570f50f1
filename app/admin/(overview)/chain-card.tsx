"use client";

import { Card } from "@/app/_components/card";
import { countOf } from "../_parts/count";
import { ChainResult, useChainCheck, VerifyButton } from "../_parts/verify-chain";

export function ChainCard({ events }: { events: number }) {
  const { check, failure, isBusy, verify } = useChainCheck();
  return (
    <Card title="Audit chain">
      <p className="mb-3 text-[13px] text-muted">
        {countOf(events, "event")}, each sealed with a hash of the one before it. Checking follows all of them
        and names the first that was changed, removed or moved.
      </p>
      <VerifyButton isBusy={isBusy} verify={verify} size="sm">
        Verify now
      </VerifyButton>
      {(check || failure) && (
        <div className="mt-4">
          <ChainResult check={check} failure={failure} />
        </div>
      )}
    </Card>
  );
}

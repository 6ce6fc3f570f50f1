"use client";

import { Download } from "lucide-react";
import { Button } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { ChainResult, useChainCheck, VerifyButton } from "../_parts/verify-chain";

export function AuditHeader() {
  const { check, failure, isBusy, verify } = useChainCheck();
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who did what to which account or setting, when and from where. Nothing here can be edited."
        action={
          <>
            <Button asChild>
              <a href="/api/v1/admin/audit/export" download>
                <Download aria-hidden="true" />
                Export
              </a>
            </Button>
            <VerifyButton isBusy={isBusy} verify={verify} variant="primary">
              Verify the chain
            </VerifyButton>
          </>
        }
      />
      {(check || failure) && (
        <div className="mb-6">
          <ChainResult check={check} failure={failure} />
        </div>
      )}
    </>
  );
}

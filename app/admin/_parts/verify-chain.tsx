"use client";

import { ShieldCheck } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { z } from "zod";
import { api } from "@/app/_client/api";
import { useRunOnce } from "@/app/_client/use-run-once";
import { Alert } from "@/app/_components/alert";
import { Button } from "@/app/_components/button";
import { FormError } from "@/app/_components/form-error";
import type { chainReportView } from "@/lib/audit/schema";
import { countOf, formatNumber } from "./count";

type Report = z.infer<typeof chainReportView>;
type Check = { report: Report; ms: number };

export function useChainCheck() {
  const [check, setCheck] = useState<Check>();
  const { failure, isBusy, runOnce } = useRunOnce();

  const verify = () =>
    runOnce(async () => {
      const startedAt = performance.now();
      try {
        const report = await api<Report>("POST", "/api/v1/admin/audit/verify");
        setCheck({ report, ms: performance.now() - startedAt });
      } catch (error) {
        setCheck(undefined);
        throw error;
      }
    });

  return { check, failure, isBusy, verify };
}

type VerifyButtonProps = {
  isBusy: boolean;
  verify: () => void;
  variant?: "primary" | "secondary";
  size?: "sm" | "md";
  children: ReactNode;
};

export const VerifyButton = ({ isBusy, verify, children, ...look }: VerifyButtonProps) => (
  <Button onClick={verify} isBusy={isBusy} {...look}>
    <ShieldCheck aria-hidden="true" />
    {children}
  </Button>
);

type ChainResultProps = Pick<ReturnType<typeof useChainCheck>, "check" | "failure"> & { className?: string };

export function ChainResult({ check, failure, className }: ChainResultProps) {
  if (failure) return <FormError title="The chain was not checked" message={failure} />;
  if (!check) return null;
  const { report, ms } = check;
  if (report.is_intact) {
    return (
      <Alert
        role="status"
        tone="success"
        className={className}
        title={`Verified up to event ${formatNumber(report.verified_up_to)}`}
        text={`Nothing was changed, removed or reordered. ${countOf(report.events, "event")} followed in ${formatSeconds(ms)}.`}
      />
    );
  }
  return (
    <Alert
      role="alert"
      tone="danger"
      className={className}
      title={`The chain is broken at event ${formatNumber(report.broken_at ?? 0)}`}
      text={
        <>
          {sentence(report.reason)}{" "}
          {report.verified_up_to > 0
            ? `Events 1 to ${formatNumber(report.verified_up_to)} are as they were written; do not trust what follows.`
            : "None of the events can be trusted."}{" "}
          Somebody or something wrote to the database past this app. Keep a copy of it, compare with your last
          export or backup, and find out who can reach the database.
        </>
      }
    />
  );
}

const formatSeconds = (ms: number): string =>
  ms < 1_000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;

const sentence = (reason: string | null): string =>
  reason ? `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.` : "";

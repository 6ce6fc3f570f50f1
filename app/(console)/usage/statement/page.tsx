import type { Metadata } from "next";
import { formatExact } from "@/app/_components/format-time";
import { PageHeader } from "@/app/_components/page-header";
import { askedMonth } from "@/app/_usage/asked-month";
import { PrintButton } from "@/app/_usage/print-button";
import { StatementNav } from "@/app/_usage/statement-nav";
import { Statement } from "@/app/_usage/statement-view";
import type { SearchParams } from "@/app/admin/_parts/read-query";
import { requireMemberPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { env } from "@/lib/infra/env";
import { monthOf } from "@/lib/usage/domain";
import { monthStatement } from "@/lib/usage/queries/month-statement";

export const metadata: Metadata = { title: "Monthly statement" };

export default async function StatementPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const at = now().getTime();
  const month = await askedMonth(searchParams, at);
  const statement = await monthStatement(actor, month);
  return (
    <div className="mx-auto max-w-4xl">
      <div className="print:hidden">
        <PageHeader
          title="Monthly statement"
          description="What you called in a month, counted in UTC, and what it cost."
          action={<PrintButton />}
        />
      </div>
      <StatementNav path="/usage/statement" month={month} thisMonth={monthOf(at)} />
      <Statement statement={statement} baseUrl={env().baseUrl} madeAt={formatExact(at)} />
    </div>
  );
}

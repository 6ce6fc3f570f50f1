import type { Metadata } from "next";
import Link from "next/link";
import { formatExact } from "@/app/_components/format-time";
import { PageHeader } from "@/app/_components/page-header";
import { askedMonth } from "@/app/_usage/asked-month";
import { PrintButton } from "@/app/_usage/print-button";
import { StatementNav } from "@/app/_usage/statement-nav";
import { Statement } from "@/app/_usage/statement-view";
import type { SearchParams } from "@/app/admin/_parts/read-query";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { env } from "@/lib/infra/env";
import { monthOf } from "@/lib/usage/domain";
import { statementOf } from "@/lib/usage/queries/month-statement";
import { loadUser } from "../load-user";

type StatementPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: StatementPageProps): Promise<Metadata> {
  return { title: `Statement of ${(await loadUser((await params).id)).name}` };
}

export default async function UserStatementPage({ params, searchParams }: StatementPageProps) {
  const actor = await requireAdminPage();
  const { id, name } = await loadUser((await params).id);
  const at = now().getTime();
  const month = await askedMonth(searchParams, at);
  const statement = await statementOf(actor, id, month);
  const path = `/admin/users/${id}`;
  return (
    <div className="mx-auto max-w-4xl">
      <div className="print:hidden">
        <PageHeader
          title="Monthly statement"
          description={
            <>
              What{" "}
              <Link href={path} className="rounded-sm text-accent-ink underline underline-offset-2">
                {name}
              </Link>{" "}
              called in a month, counted in UTC, and what it cost.
            </>
          }
          action={<PrintButton />}
        />
      </div>
      <StatementNav path={`${path}/statement`} month={month} thisMonth={monthOf(at)} />
      <Statement statement={statement} baseUrl={env().baseUrl} madeAt={formatExact(at)} />
    </div>
  );
}

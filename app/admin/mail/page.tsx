import { Mail } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { FilterSelect } from "@/app/_components/filter-select";
import { PageHeader } from "@/app/_components/page-header";
import { Pager } from "@/app/_components/pager";
import { requireAdminPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { countMails, listMails, mailServer } from "@/lib/mail/queries";
import { mailQuery } from "@/lib/mail/schema";
import { mailView } from "@/lib/mail/view";
import { formatNumber } from "../_parts/count";
import { listHref } from "../_parts/list-href";
import { readQuery, type SearchParams } from "../_parts/read-query";
import { AutoRefresh } from "../models/_parts/auto-refresh";
import { stateWords } from "./mail-words";
import { MailsTable } from "./mails-table";
import { NoServer } from "./no-server";

export const metadata: Metadata = { title: "Mail" };

const path = "/admin/mail";

export default async function MailPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireAdminPage();
  const query = await readQuery(mailQuery, searchParams);
  const [page, total] = await Promise.all([listMails(actor, query), countMails(actor, query)]);
  const server = mailServer();
  const hrefOf = (cursor: string | undefined) => listHref(path, { ...query, cursor }, { limit: 25 });

  return (
    <>
      <PageHeader
        title="Mail"
        description="What was sent to people, what still waits, and what could not be sent and why."
      />
      {!server.isSet && <NoServer />}
      <div className="mb-4">
        <FilterSelect label="State" param="state" options={stateWords} allLabel="Any state" />
      </div>
      {page.items.length === 0 ? (
        <EmptyState
          icon={<Mail />}
          title={query.state ? "No mail is in this state" : "No mail yet"}
          text="Invitations, links for a forgotten password and alerts are listed here for as long as the settings say."
          action={(query.state || query.cursor) && <LinkButton href={path}>All mails</LinkButton>}
        />
      ) : (
        <MailsTable rows={page.items.map(mailView)} hasServer={server.isSet} now={now().getTime()} />
      )}
      {page.items.some(({ state }) => state === "queued") && <AutoRefresh />}
      <Pager
        label="Pages of mails"
        firstHref={query.cursor ? hrefOf(undefined) : undefined}
        nextHref={page.nextCursor ? hrefOf(page.nextCursor) : undefined}
        summary={
          page.items.length > 0 && `Showing ${formatNumber(page.items.length)} of ${formatNumber(total)}`
        }
      />
    </>
  );
}

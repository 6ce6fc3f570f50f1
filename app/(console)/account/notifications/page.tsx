import type { Metadata } from "next";
import { z } from "zod";
import { Pager } from "@/app/_components/pager";
import { kindWords } from "@/app/(console)/alerts/_parts/alert-words";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { alertChoices } from "@/lib/alerts/queries";
import { isAdmin, type SessionActor } from "@/lib/core/actor";
import { requireMemberPage } from "@/lib/http/page";
import { listDeliveries, listWebhooks } from "@/lib/webhooks/queries";
import { deliveryQuery, type WebhookView } from "@/lib/webhooks/schema";
import { deliveryView, webhookView } from "@/lib/webhooks/view";
import { ChoicesCard } from "./choices-card";
import { DeliveriesCard } from "./deliveries-card";
import { WebhooksCard } from "./webhooks-card";

export const metadata: Metadata = { title: "Notifications" };

const path = "/account/notifications";

/** Which webhook's messages are shown below the list. */
const pageQuery = z.strictObject({ ...deliveryQuery.shape, webhook: z.string().max(100).optional() });
type PageQuery = z.output<typeof pageQuery>;

export default async function NotificationsPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const query = await readQuery(pageQuery, searchParams);
  const [choices, webhooks] = await Promise.all([alertChoices(actor), listWebhooks(actor)]);
  const { can_mail, ...own } = choices;
  const rows = webhooks.map(webhookView);
  const shown = rows.find(({ id }) => id === query.webhook);
  return (
    <div className="grid grid-cols-1 gap-4">
      <ChoicesCard
        choices={own}
        canMail={can_mail}
        email={actor.user.email}
        kinds={kindWords
          .filter(({ isForAdmins }) => !isForAdmins || isAdmin(actor))
          .map(({ kind, label, text }) => ({ kind, label, text }))}
      />
      <WebhooksCard rows={rows} hrefOf={(id) => `${listHref(path, { webhook: id })}#messages`} />
      {shown && <Deliveries actor={actor} webhook={shown} query={query} />}
    </div>
  );
}

type DeliveriesProps = { actor: SessionActor; webhook: WebhookView; query: PageQuery };

async function Deliveries({ actor, webhook, query: { webhook: id, ...query } }: DeliveriesProps) {
  const page = await listDeliveries(actor, webhook.id, query);
  const hrefOf = (cursor: string | undefined) =>
    listHref(path, { webhook: id, ...query, cursor }, { limit: 25 });
  return (
    <div id="messages" className="scroll-mt-20">
      <DeliveriesCard
        webhook={webhook}
        rows={page.items.map(deliveryView)}
        isFiltered={query.state !== undefined}
      />
      <Pager
        label="Pages of messages"
        firstHref={query.cursor ? hrefOf(undefined) : undefined}
        nextHref={page.nextCursor ? hrefOf(page.nextCursor) : undefined}
      />
    </div>
  );
}

import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { FilterSelect } from "@/app/_components/filter-select";
import { RelativeTime } from "@/app/_components/relative-time";
import { AutoRefresh } from "@/app/admin/models/_parts/auto-refresh";
import type { DeliveryView, WebhookView } from "@/lib/webhooks/schema";
import { answerText, deliveryStateWords, hostOf, typeLabel } from "./_parts/webhook-words";
import { ReplayButton } from "./replay-button";

type DeliveriesCardProps = { webhook: WebhookView; rows: readonly DeliveryView[]; isFiltered: boolean };

/** What was sent to one webhook, and what came of it. */
export function DeliveriesCard({ webhook, rows, isFiltered }: DeliveriesCardProps) {
  const columns: Column<DeliveryView>[] = [
    {
      key: "type",
      header: "Message",
      cell: (row) => (
        <>
          <span className="font-medium">{typeLabel(row.type)}</span>
          <span className="block font-normal text-[13px] text-muted">
            <RelativeTime at={row.created_at} />
          </span>
          <span className="block text-[13px] text-muted sm:hidden">{answerText(row)}</span>
        </>
      ),
    },
    { key: "state", header: "State", cell: (row) => <State row={row} /> },
    {
      key: "attempts",
      header: "Tries",
      align: "right",
      hideOnPhone: true,
      className: "tabular-nums",
      cell: ({ attempts }) => attempts,
    },
    {
      key: "answer",
      header: "Last answer",
      hideOnPhone: true,
      className: "text-muted",
      cell: (row) => <span className="block max-w-sm wrap-anywhere">{answerText(row) ?? "none yet"}</span>,
    },
    {
      key: "replay",
      header: <span className="sr-only">Send it again</span>,
      align: "right",
      cell: (row) =>
        row.state !== "waiting" && webhook.enabled && <ReplayButton webhookId={webhook.id} row={row} />,
    },
  ];

  return (
    <Card
      title={`Messages to ${hostOf(webhook.url)}`}
      description="A message that is not taken is tried again for some days, more and more slowly."
      action={
        <FilterSelect
          label="State of the messages"
          param="state"
          options={deliveryStateWords}
          allLabel="Any state"
        />
      }
      isFlush={rows.length > 0}
    >
      {rows.length > 0 ? (
        <DataTable
          caption={`Messages to ${webhook.url}`}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          isInside
        />
      ) : (
        <p className="text-muted">
          {isFiltered ? "No message is in this state." : "Nothing was sent yet. Send a test to try it."}
        </p>
      )}
      {rows.some(({ state }) => state === "waiting") && <AutoRefresh />}
    </Card>
  );
}

function State({ row }: { row: DeliveryView }) {
  const words = deliveryStateWords.find(({ value }) => value === row.state);
  return (
    <>
      <Badge tone={words?.tone} hasDot>
        {words?.label ?? row.state}
      </Badge>
      {row.state === "waiting" && row.next_at && row.attempts > 0 && (
        <span className="mt-0.5 block text-[13px] text-muted">
          next try <RelativeTime at={row.next_at} />
        </span>
      )}
    </>
  );
}

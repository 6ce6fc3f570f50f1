import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { Explain } from "@/app/_components/explain";
import { RelativeTime } from "@/app/_components/relative-time";
import type { WebhookView } from "@/lib/webhooks/schema";
import { eventsText } from "./_parts/webhook-words";
import { CreateWebhookButton } from "./create-webhook-button";
import { WebhookMenu } from "./webhook-menu";

type WebhooksCardProps = { rows: readonly WebhookView[]; hrefOf: (id: string) => string };

export function WebhooksCard({ rows, hrefOf }: WebhooksCardProps) {
  const columns: Column<WebhookView>[] = [
    {
      key: "url",
      header: "Address",
      cell: (row) => (
        <>
          <span className="block max-w-xl font-mono font-medium text-[13px] wrap-anywhere">{row.url}</span>
          <span className="block font-normal text-[13px] text-muted">{eventsText(row.events)}</span>
          {row.disabled_reason && (
            <span className="block max-w-md font-normal text-[13px] text-muted wrap-anywhere">
              {row.disabled_reason}
            </span>
          )}
        </>
      ),
    },
    { key: "state", header: "State", cell: (row) => <StateBadge row={row} /> },
    {
      key: "since",
      header: "Since",
      className: "hidden whitespace-nowrap text-muted md:table-cell",
      cell: ({ created_at }) => <RelativeTime at={created_at} />,
    },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      align: "right",
      className: "relative w-12 pl-0 sm:pl-0",
      cell: (row) => <WebhookMenu row={row} messagesHref={hrefOf(row.id)} />,
    },
  ];

  return (
    <Card
      title="Webhooks"
      description={
        <>
          A{" "}
          <Explain text="An address of yours that this install calls by itself when something happens, with a signed message.">
            webhook
          </Explain>{" "}
          tells a program of yours when a task is over or an alert was raised.
        </>
      }
      action={<CreateWebhookButton />}
      isFlush={rows.length > 0}
    >
      {rows.length > 0 ? (
        <DataTable
          caption="Your webhooks"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => hrefOf(id)}
          isInside
        />
      ) : (
        <p className="max-w-prose text-muted">
          You have none yet. With one, your program need not ask again and again whether a task is over.
        </p>
      )}
    </Card>
  );
}

const StateBadge = ({ row }: { row: WebhookView }) => (
  <Badge tone={row.enabled ? "success" : "neutral"} hasDot>
    {row.enabled ? "Enabled" : "Disabled"}
  </Badge>
);

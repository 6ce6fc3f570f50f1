import { Badge } from "@/app/_components/badge";
import { Card } from "@/app/_components/card";
import { type Column, DataTable } from "@/app/_components/data-table";
import { Explain } from "@/app/_components/explain";
import { RelativeTime } from "@/app/_components/relative-time";
import type { PasskeyView } from "./_parts/factor-calls";
import { AddPasskeyButton } from "./add-passkey-button";
import { PasskeyMenu } from "./passkey-menu";

type PasskeysCardProps = {
  rows: readonly PasskeyView[];
  /** Beside passkeys there is no other second factor. */
  isOnlyKind: boolean;
  /** This browser, as a name for a new one. */
  device: string;
};

const aboutSynced =
  "Your password manager or platform keeps a copy, so it is there on your other devices and survives the loss of one.";
const aboutOneDevice = "It is on one device or security key only. If that gets lost, so does the passkey.";

export function PasskeysCard({ rows, isOnlyKind, device }: PasskeysCardProps) {
  const columns: Column<PasskeyView>[] = [
    {
      key: "name",
      header: "Name",
      cell: ({ name, is_backed_up }) => (
        <>
          <span className="block font-medium wrap-anywhere">{name}</span>
          <span className="block text-[13px] text-muted sm:hidden">
            {is_backed_up ? "synced" : "this device only"}
          </span>
        </>
      ),
    },
    {
      key: "where",
      header: "Kept",
      hideOnPhone: true,
      cell: ({ is_backed_up }) => (
        <Explain text={is_backed_up ? aboutSynced : aboutOneDevice}>
          {is_backed_up ? "Synced" : "One device"}
        </Explain>
      ),
    },
    {
      key: "last-used",
      header: "Last used",
      cell: ({ last_used_at }) => (last_used_at ? <RelativeTime at={last_used_at} /> : "never"),
    },
    {
      key: "added",
      header: "Added",
      hideOnPhone: true,
      cell: ({ created_at }) => <RelativeTime at={created_at} />,
    },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      align: "right",
      className: "relative w-12 pl-0 sm:pl-0",
      cell: (passkey) => <PasskeyMenu passkey={passkey} isLast={isOnlyKind && rows.length === 1} />,
    },
  ];

  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          Passkeys
          {rows.length > 0 && <Badge>{rows.length}</Badge>}
        </span>
      }
      description="Your fingerprint, face or PIN in place of the password, or as the second step after it."
      action={<AddPasskeyButton device={device} />}
      isFlush={rows.length > 0}
    >
      {rows.length > 0 ? (
        <DataTable caption="Your passkeys" columns={columns} rows={rows} rowKey={({ id }) => id} isInside />
      ) : (
        <p className="max-w-prose text-muted">
          You have none yet. With one your device answers for you: there is nothing to type, and so nothing
          that somebody could watch, guess or steal.
        </p>
      )}
    </Card>
  );
}

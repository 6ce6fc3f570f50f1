import { BellOff, SearchX } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";

type NoAlertsProps = { state: "unseen" | "seen" | undefined; isAdmin: boolean };

export function NoAlerts({ state, isAdmin }: NoAlertsProps) {
  if (state) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={state === "unseen" ? "Nothing new" : "None was seen yet"}
        text={
          state === "unseen"
            ? "You have seen all alerts that there are."
            : "Alerts come here when they were marked as seen."
        }
        action={<LinkButton href="/alerts">Show all alerts</LinkButton>}
      />
    );
  }
  return (
    <EmptyState
      icon={<BellOff />}
      title="Nothing needs you"
      text={`You are told here when a quota or budget is nearly used up, and when one of your API keys is used quite unlike before.${
        isAdmin
          ? " As an administrator also when many calls fail, a model becomes slow, the audit log was altered or the disk is nearly full."
          : ""
      }`}
      action={<LinkButton href="/account/notifications">Choose how you are told</LinkButton>}
    />
  );
}

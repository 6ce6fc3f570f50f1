import type { Tone } from "@/app/_components/badge";
import type { DeliveryView, WebhookView } from "@/lib/webhooks/schema";

type ChosenEvent = WebhookView["events"][number];

/** What a webhook can be told of, in the order of the checkboxes. */
export const eventWords: readonly { value: ChosenEvent; label: string; text: string }[] = [
  {
    value: "task.completed",
    label: "A task is over",
    text: "It finished, failed or was cancelled, with its numbers.",
  },
  {
    value: "alert.raised",
    label: "An alert was raised",
    text: "What you see under Alerts, except the kinds that you switched off above.",
  },
];

const typeLabels: Record<DeliveryView["type"], string> = {
  "task.completed": "Task is over",
  "alert.raised": "Alert",
  "webhook.test": "Test",
};
export const typeLabel = (type: DeliveryView["type"]): string => typeLabels[type];

/** "a task is over, an alert was raised" */
export const eventsText = (events: WebhookView["events"]): string =>
  eventWords
    .filter(({ value }) => events.includes(value))
    .map(({ label }, index) => (index === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)))
    .join(", ");

type StateWords = { value: DeliveryView["state"]; label: string; tone: Tone };

export const deliveryStateWords: readonly StateWords[] = [
  { value: "waiting", label: "Waiting", tone: "warning" },
  { value: "delivered", label: "Delivered", tone: "success" },
  { value: "failed", label: "Failed", tone: "danger" },
];

/** The part of an address that people call it by. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** What its last try came to, as far as there was one. */
export const answerText = ({ last_status, last_error }: DeliveryView): string | null =>
  last_error ?? (last_status === null ? null : `It answered ${last_status}.`);

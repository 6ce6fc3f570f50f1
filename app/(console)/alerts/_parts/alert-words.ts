import type { Tone } from "@/app/_components/badge";
import type { AlertKind } from "@/lib/alerts/domain";
import type { AlertView } from "@/lib/alerts/schema";

/** How pressing it is. The word says it; the colour only repeats it. */
export const levelWords: Record<AlertView["level"], { label: string; tone: Tone }> = {
  danger: { label: "Act now", tone: "danger" },
  warning: { label: "Take a look", tone: "warning" },
  info: { label: "Good to know", tone: "accent" },
};

type Step = NonNullable<AlertView["step"]>;

/** What was done by itself, and what undoing it means. */
export const stepWords: Record<Step, { done: string; undo: string; undone: string }> = {
  slow: {
    done: "To be safe, the key was slowed down to a few calls a minute.",
    undo: "Undo: full speed again",
    undone: "The key runs at full speed again",
  },
  freeze: {
    done: "To be safe, the key was frozen: it opens nothing until you undo this.",
    undo: "Undo: let the key work again",
    undone: "The key works again",
  },
};

const places: readonly [start: string, label: string][] = [
  ["/usage", "See your usage"],
  ["/keys", "Go to API keys"],
  ["/predictions", "See the calls"],
  ["/models", "Open the model"],
  ["/account/notifications", "Go to notifications"],
  ["/admin/models", "Open the model"],
  ["/admin/keys", "Go to API keys"],
  ["/admin/audit", "Open the audit log"],
  ["/admin/usage", "See the usage"],
  ["/admin/users", "Open the user"],
  ["/admin/settings", "Open the settings"],
];

/** What the button to the cure says, by where it leads. */
export const placeLabel = (href: string): string =>
  places.find(([start]) => href.startsWith(start))?.[1] ?? "Go there";

type KindWords = { kind: AlertKind; label: string; text: string; isForAdmins: boolean };

/** What one can be told of, in the order of the switches. */
export const kindWords: readonly KindWords[] = [
  {
    kind: "quota.near",
    label: "A quota or budget is nearly used up",
    text: "At 75, 90 and 100 percent, so that your programs are not stopped unawares.",
    isForAdmins: false,
  },
  {
    kind: "key.unusual",
    label: "An API key is used quite unlike before",
    text: "Many more calls, a new address or many more errors than that key ever had.",
    isForAdmins: false,
  },
  {
    kind: "errors.many",
    label: "Many calls fail",
    text: "Of the calls in the last hour more failed than the settings of this install put up with.",
    isForAdmins: false,
  },
  {
    kind: "webhook.disabled",
    label: "A webhook was switched off",
    text: "Its receiver took nothing for too long, so it is told nothing any more.",
    isForAdmins: false,
  },
  {
    kind: "model.slow",
    label: "A model became slow",
    text: "It answers much more slowly than in the days before.",
    isForAdmins: true,
  },
  {
    kind: "audit.broken",
    label: "The audit log was altered",
    text: "An entry is missing or changed: somebody touched the database by hand.",
    isForAdmins: true,
  },
  {
    kind: "disk.nearly_full",
    label: "The disk is nearly full",
    text: "Without space nothing can be recorded, and what cannot be recorded is not answered.",
    isForAdmins: true,
  },
];

import { asMoney } from "../core/money";
import type { AlertFacts, AlertMatter } from "./domain";

/** What happened, the numbers of it, what to do about it, and the page of this app where that is done. */
export type AlertWords = { title: string; detail: string; cure: string; href: string };

/** The sentences of an alert, the same in the app, in mails and in webhooks. */
export function alertWords(matter: AlertMatter): AlertWords {
  switch (matter.kind) {
    case "quota.near":
      return quotaWords(matter.facts);
    case "errors.many":
      return errorWords(matter.facts);
    case "model.slow":
      return slowWords(matter.facts);
    case "key.unusual":
      return keyWords(matter.facts);
    case "webhook.disabled":
      return webhookWords(matter.facts);
    case "audit.broken":
      return auditWords(matter.facts);
    case "disk.nearly_full":
      return diskWords(matter.facts);
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");
const percentOf = (part: number, all: number): number => Math.round((part / all) * 100);
const milliseconds = (ms: number): string => (ms < 10_000 ? `${whole(ms)} ms` : `${whole(ms / 1_000)} s`);
const money = (nanos: number, currency: string): string =>
  `${asMoney(nanos).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;

const inUtc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
const monthFormat = inUtc({ month: "long", year: "numeric" });
const dayFormat = inUtc({ day: "numeric", month: "long", year: "numeric" });

/** "2026-11" is "in November 2026", and "2026-11-21" is "on 21 November 2026". */
const periodText = (period: string): string =>
  period.length === "2026-11".length
    ? `in ${monthFormat.format(Date.parse(period))}`
    : `on ${dayFormat.format(Date.parse(period))}`;

function quotaWords({ limit, percent, used, of, period, currency }: AlertFacts["quota.near"]): AlertWords {
  const isMoney = limit !== "units";
  const name = { units: "quota", month_budget: "budget", day_budget: "budget of the day" }[limit];
  const amount = isMoney
    ? `${money(used, currency)} of ${money(of, currency)}`
    : `${whole(used)} of ${whole(of)} units`;
  const begins = limit === "day_budget" ? "at midnight (UTC)" : "with the next month (UTC)";
  return {
    title: percent === 100 ? `Your ${name} is used up` : `${percent} % of your ${name} is used`,
    detail: `${amount} are used ${periodText(period)}. It begins anew ${begins}.`,
    cure:
      percent === 100
        ? "Calls are refused until then. Ask an administrator for extra units or another plan if you cannot wait."
        : "When it is used up, calls are refused. See what uses the most, or ask an administrator for more.",
    href: "/usage",
  };
}

function errorWords({ model, calls, failures, own }: AlertFacts["errors.many"]): AlertWords {
  const share = `${whole(failures)} of ${whole(calls)} calls failed in the last hour (${percentOf(failures, calls)} %).`;
  if (own)
    return {
      title: `Many of your calls of ${model} fail`,
      detail: share,
      cure: "Look at the errors of your last calls: their codes say whether your input or the model is at fault.",
      href: "/usage",
    };
  return {
    title: `Many calls of ${model} fail`,
    detail: share,
    cure: "Look at the errors of the model. If a new version is at fault, go back to the one before it.",
    href: `/admin/models/${encodeURIComponent(model)}`,
  };
}

const slowWords = ({ model, calls, p95, usual }: AlertFacts["model.slow"]): AlertWords => ({
  title: `${model} is much slower than usual`,
  detail: `95 % of ${whole(calls)} calls in the last hour took up to ${milliseconds(p95)}; in the days before it was ${milliseconds(usual)}.`,
  cure: "See whether it waits for a runner or works longer. More runners help against the first, a look at its version or its service against the second.",
  href: `/admin/models/${encodeURIComponent(model)}`,
});

function unusualDetail(facts: AlertFacts["key.unusual"]): string {
  if (facts.reason === "rate")
    return `${whole(facts.calls)} calls in this hour; in the week before it never had more than ${whole(facts.usual)} in an hour.`;
  if (facts.reason === "errors")
    return `${whole(facts.failures)} of ${whole(facts.calls)} calls failed in the last hour; in the week before it was ${whole(facts.usualPercent)} %.`;
  return `It is used from ${facts.place}, where it was never used before.`;
}

const keyWords = (facts: AlertFacts["key.unusual"]): AlertWords => ({
  title: `The API key ${facts.key} is used quite unlike before`,
  detail: unusualDetail(facts),
  cure: "If this is you, all is well. If not, roll or revoke the key: somebody else may have its secret.",
  href: "/keys",
});

const webhookWords = ({ url, why }: AlertFacts["webhook.disabled"]): AlertWords => ({
  title: "A webhook was switched off",
  detail: `Nothing is sent to ${url} any more. ${why}`,
  cure: "Mend the receiver, then switch the webhook on again. What failed can be sent once more.",
  href: "/account/notifications",
});

const auditWords = ({ position, why }: AlertFacts["audit.broken"]): AlertWords => ({
  title: "The audit log was changed",
  detail: `Event ${whole(position)} does not fit: ${why}.`,
  cure: "Somebody wrote into the database past the app. Keep a copy of it, compare it with a backup, and change the passwords of the database.",
  href: "/admin/audit",
});

const diskWords = ({ folder, freePercent, freeBytes }: AlertFacts["disk.nearly_full"]): AlertWords => ({
  title: "The disk is nearly full",
  detail: `${freePercent} % (${whole(freeBytes / 1024 / 1024)} MiB) are free where ${folder} lies.`,
  cure: "Make room, or give it a larger disk. Keeping calls and predictions for fewer days helps as well: see the settings.",
  href: "/admin/settings",
});

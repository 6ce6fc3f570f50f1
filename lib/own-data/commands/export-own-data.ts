import { alertChoices, worded } from "../../alerts/queries";
import { alertView } from "../../alerts/view";
import { audited } from "../../audit/commands/audited";
import type { PersonActor } from "../../core/actor";
import { now } from "../../infra/clock";
import { keyView } from "../../keys/view";
import { predictionView } from "../../predictions/view";
import { taskView } from "../../tasks/view";
import { grantView } from "../../usage/view";
import { listOwnInvitations } from "../../users/queries";
import { ownInvitationsView } from "../../users/view";
import { listWebhooks } from "../../webhooks/queries";
import { webhookView } from "../../webhooks/view";
import * as own from "../queries";
import {
  factorsView,
  ownEventView,
  pastLinkView,
  pastMailView,
  pastRefusalView,
  pastSessionView,
  profileView,
  sentMessageView,
  serviceView,
  usageDayView,
} from "../view";

/** Everything held about somebody as one JSON text, read in bounded pieces while it is sent. */
export async function exportOwnData(actor: PersonActor): Promise<AsyncGenerator<string>> {
  const { id, email } = actor.user;
  await audited(actor, async (_transaction, record) => {
    record({ action: "user.exported", object: { type: "user", id, label: email } });
  });
  return writeOwnData(actor);
}

async function* writeOwnData(actor: PersonActor): AsyncGenerator<string> {
  yield `{\n${member("exported_at", now().toISOString())}`;
  for (const [name, read] of Object.entries(single)) yield `,\n${member(name, await read(actor))}`;
  for (const [name, read] of Object.entries(lists)) {
    yield `,\n${JSON.stringify(name)}: [`;
    let separator = "\n";
    for await (const items of read(actor)) {
      if (items.length === 0) continue;
      yield separator + items.map((item) => JSON.stringify(item)).join(",\n");
      separator = ",\n";
    }
    yield "]";
  }
  yield "\n}\n";
}

const member = (name: string, value: unknown): string => `${JSON.stringify(name)}: ${JSON.stringify(value)}`;

const single: Record<string, (actor: PersonActor) => Promise<unknown>> = {
  profile: async (actor) => profileView(await own.getProfile(actor)),
  second_factors: async (actor) => factorsView(await own.getFactors(actor)),
  connected_services: async (actor) => (await own.listServices(actor)).map(serviceView),
  invitations: async (actor) => ownInvitationsView(await listOwnInvitations(actor)).items,
  webhooks: async (actor) => (await listWebhooks(actor)).map(webhookView),
  extra_units: async (actor) => (await own.listOwnGrants(actor)).map(grantView),
  alert_choices: async (actor) => {
    const { by_mail, muted } = await alertChoices(actor);
    return { by_mail, muted };
  },
  key_places: async (actor) =>
    (await own.readKeyPlaces(actor)).map(({ keyId, bucket, firstSeenAt }) => ({
      key_id: keyId,
      address: bucket,
      first_seen_at: firstSeenAt.toISOString(),
    })),
};

const lists: Record<string, (actor: PersonActor) => AsyncIterable<unknown[]>> = {
  sessions: (actor) => viewed(own.readSessions(actor), pastSessionView),
  keys: (actor) => viewed(own.readKeys(actor), (key) => keyView(key, now())),
  one_time_links: (actor) => viewed(own.readLinks(actor), pastLinkView),
  mails: (actor) => viewed(own.readMails(actor), pastMailView),
  usage_by_day: (actor) => viewed(own.readUsageByDay(actor), usageDayView),
  predictions: (actor) => viewed(own.readPredictions(actor), predictionView),
  tasks: (actor) => viewed(own.readTasks(actor), taskView),
  task_results: (actor) => own.readTaskResults(actor),
  webhook_messages: (actor) => viewed(own.readDeliveries(actor), sentMessageView),
  alerts: (actor) => viewed(own.readAlerts(actor), (row) => alertView(worded(row))),
  refused_requests: (actor) => viewed(own.readRefusals(actor), pastRefusalView),
  events: (actor) => viewed(own.readAuditEvents(actor), (event) => ownEventView(event, actor.user.id)),
};

async function* viewed<T>(pieces: AsyncIterable<T[]>, view: (row: T) => unknown): AsyncGenerator<unknown[]> {
  for await (const rows of pieces) yield rows.map(view);
}

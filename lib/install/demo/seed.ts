import { raiseAlert } from "../../alerts/commands/raise-alert";
import { type AnonymousActor, type SessionActor, systemActor } from "../../core/actor";
import { newId } from "../../core/ids";
import { dayMs } from "../../core/time";
import { moveClock, now, nowMs, resetClock } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { createKey, type NewKey } from "../../keys/commands/create-key";
import { createKeyBody } from "../../keys/schema";
import { createVersion } from "../../models/commands/create-version";
import { installStarterModel } from "../../models/commands/install-starter";
import { promoteVersion } from "../../models/commands/promote-version";
import { getModel } from "../../models/queries";
import { createVersionBody } from "../../models/schema";
import { changePlan } from "../../plans/commands";
import { changePlanBody } from "../../plans/schema";
import { createTask } from "../../tasks/commands/create-task";
import { createUser } from "../../users/commands/create-user";
import { createAdmin } from "../../users/commands/install-admin";
import { acceptInvitation } from "../../users/commands/use-link";
import { type Caller, liveCalls } from "./live-calls";
import { type DemoPerson, demoPassword, demoPeople } from "./people";

const pricePerRow = { shown: 0.002, billionths: 2_000_000 };
const modelName = "iris";
const trialSince = 16;
const address = "192.0.2.20";

/**
 * Six weeks, lived through by the commands that real ones are lived by: so every page, sum and line of the audit log
 * fits the others. The clock goes along, and is right again when this ends.
 */
export async function seedDemo(): Promise<void> {
  try {
    await seed();
  } finally {
    resetClock();
  }
}

type Member = { person: DemoPerson; actor: SessionActor; keys: NewKey[] };

async function seed(): Promise<void> {
  const members: Member[] = [];
  await daysAgo(42, installStarterModel);
  for (const person of demoPeople) members.push(await daysAgo(person.since, () => join(person)));
  const [ada, jonas, , , lena] = members;
  if (!ada || !jonas || !lena) return;

  const prices = { prices: { per_row: pricePerRow.shown } };
  await daysAgo(40, () => changePlan(ada.actor, "paid", changePlanBody.parse(prices)));
  await daysAgo(trialSince, () =>
    createVersion(
      ada.actor,
      modelName,
      createVersionBody.parse({
        source: { kind: "version", number: 1 },
        note: "The same flowers, on trial before it is for everybody.",
        becomes: "next",
      }),
    ),
  );
  await daysAgo(4, () => promoteVersion(ada.actor, modelName, { stable: 2, next: null }));
  const model = await getModel(ada.actor, modelName);
  const versions = [
    { number: 1, since: 42 },
    { number: 2, since: trialSince },
  ];
  await liveCalls(members.map(callerOf), { id: model.id, versions }, nowMs());
  await noteLastUse();
  await tellOfIt(jonas, model.id);
  await leaveWork(jonas.actor, lena.actor);
}

async function daysAgo<T>(days: number, work: () => Promise<T>): Promise<T> {
  resetClock();
  if (days > 0) moveClock(-days * dayMs);
  const result = await work();
  resetClock();
  return result;
}

/** The administrator is made by the install, everybody else accepts an invitation. */
async function join(person: DemoPerson): Promise<Member> {
  const { email, name, role, plan } = person;
  const anonymous: AnonymousActor = { kind: "anonymous", origin: originOf() };
  let id: string;
  if (role === "admin") {
    const admin = await createAdmin(email, { chosenPassword: demoPassword });
    if (!admin) throw new Error("the demo has an administrator already");
    id = admin.id;
    await db().user.update({ where: { id }, data: { name } });
  } else {
    const { user, link } = await createUser(systemActor("demo"), { email, name, role, plan });
    id = user.id;
    await acceptInvitation(anonymous, { token: link.secret, password: demoPassword });
  }
  const user = { id, email, name, role, planId: plan };
  const actor: SessionActor = { kind: "session", origin: originOf(), sessionId: newId("ses"), user };
  const keys: NewKey[] = [];
  for (const key of person.keys)
    keys.push(
      await createKey(
        actor,
        createKeyBody.parse({ name: key, scopes: ["predict", "models:read", "usage:read"] }),
      ),
    );
  return { person, actor, keys };
}

const originOf = () => ({
  requestId: newId("req"),
  address,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
});

const callerOf = ({ person, actor, keys }: Member): Caller => ({
  userId: actor.user.id,
  keyIds: keys.map(({ key }) => key.id),
  since: person.since,
  callsPerDay: person.callsPerDay,
  pricePerRow: person.plan === "paid" ? pricePerRow.billionths : 0,
});

/** What a real call writes down about its key and its owner. */
async function noteLastUse(): Promise<void> {
  const rows = await db().$queryRaw<{ user_id: string; key_id: string; at: bigint }[]>`
    SELECT s.user_id, s.key_id, MAX(c.at) AS at FROM usage_calls c JOIN usage_subjects s ON s.number = c.subject
    GROUP BY s.user_id, s.key_id`;
  for (const { user_id, key_id, at } of rows) {
    const lastAt = new Date(Number(at));
    await db().user.updateMany({
      where: { id: user_id, lastSeenAt: { lt: lastAt } },
      data: { lastSeenAt: lastAt },
    });
    if (key_id !== "")
      await db().apiKey.update({
        where: { id: key_id },
        data: { lastUsedAt: lastAt, lastUsedAddress: address },
      });
  }
}

/** Of that afternoon; what the calls give reason for today, the watch finds out by itself. */
async function tellOfIt(jonas: Member, modelId: string): Promise<void> {
  const model = { type: "model" as const, id: modelId };
  const badDay = new Date(now().getTime() - 10 * dayMs);
  const day = badDay.toISOString().slice(0, 10);
  const common = { key: `errors.many:${modelId}:${day}`, kind: "errors.many" as const, object: model };
  const facts = { model: modelName, calls: 212, failures: 61, own: false };
  await raiseAlert({ ...common, userId: null, level: "danger", facts }, db(), badDay);
  const [shop] = jonas.keys;
  if (!shop) return;
  await raiseAlert(
    {
      key: `key.unusual:${shop.key.id}:${day}`,
      userId: jonas.actor.user.id,
      kind: "key.unusual",
      level: "warning",
      facts: { key: shop.key.name, reason: "rate", calls: 96, usual: 22 },
      object: { type: "key", id: shop.key.id },
    },
    db(),
    badDay,
  );
}

/** What the workers find when the server is up: so there is something to watch. */
async function leaveWork(jonas: SessionActor, lena: SessionActor): Promise<void> {
  const flower = (index: number) => ({
    sepal_length: 4.5 + (index % 30) / 10,
    sepal_width: 2.4 + (index % 14) / 10,
    petal_length: 1.2 + (index % 50) / 10,
    petal_width: 0.2 + (index % 21) / 10,
  });
  const flowers = (count: number) => ({ inputs: Array.from({ length: count }, (_, index) => flower(index)) });
  const about = { note: "", model: modelName };
  await createTask(jonas, { ...about, name: "Everything in the greenhouse" }, flowers(2_000));
  await createTask(lena, { ...about, name: "Flowers of our class" }, flowers(28));
}

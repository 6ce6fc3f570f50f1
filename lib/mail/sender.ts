import { minuteMs, secondMs } from "../core/time";
import { now } from "../infra/clock";
import { db, type Prisma } from "../infra/db/client";
import { log } from "../infra/log";
import { canMail, MailRefused, sendMail } from "../infra/mail";
import { putIntoOutbox, removeFromOutbox } from "../infra/outbox";
import { decrypt, encrypt } from "../infra/secrets";
import { singleton, takeSingleton } from "../infra/singleton";
import { type MailKind, type MailOrder, pauseAfter, type Writers, type WrittenMail } from "./domain";
import type { Mail } from "./queries";

const lookEveryMs = secondMs;
/** Whoever died with a mail is followed by somebody else after this; whoever lives renews it. */
const leaseMs = minuteMs;
/** As many as there are connections to the mail server. */
const atOnceMax = 2;
const dueMax = 20;

type Sender = {
  writers: Writers;
  stop: AbortController;
  timer: NodeJS.Timeout | undefined;
  looking: Promise<void> | null;
};

/** Sends what is due, from now on, beside the sender of every other process. */
export function startMail(writers: Writers): void {
  const sender = singleton<Sender>("mail-sender", () => ({
    writers,
    stop: new AbortController(),
    timer: undefined,
    looking: null,
  }));
  sender.timer ??= setInterval(() => void look(sender), lookEveryMs).unref();
  void look(sender);
}

/** What is on its way is finished; the rest waits for the next process. */
export async function stopMail(): Promise<void> {
  const sender = takeSingleton<Sender>("mail-sender");
  if (!sender) return;
  clearInterval(sender.timer);
  sender.stop.abort();
  await sender.looking;
}

function look(sender: Sender): Promise<void> {
  sender.looking ??= sendDueMails(sender.writers, sender.stop.signal)
    .catch((error: unknown) => log().warn({ err: error }, "mails could not be looked through"))
    .finally(() => {
      sender.looking = null;
    });
  return sender.looking;
}

/** One look: sends until nothing is due. */
export async function sendDueMails(writers: Writers, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const due = await db().mail.findMany({ where: isDue(), orderBy: { nextAt: "asc" }, take: dueMax });
    if (due.length === 0) return;
    const sendSome = async () => {
      for (let mail = due.shift(); mail && !signal?.aborted; mail = due.shift()) await take(mail, writers);
    };
    await Promise.all(Array.from({ length: atOnceMax }, sendSome));
  }
}

const isDue = (): Prisma.MailWhereInput => ({ state: "queued", nextAt: { lte: now() } });
const later = (ms: number): Date => new Date(now().getTime() + ms);

async function take(mail: Mail, writers: Writers): Promise<void> {
  const attempts = mail.attempts + 1;
  const lease = await claim(mail, attempts);
  if (!lease) return;
  const change = await attempt(mail, writers).catch((error: unknown) => afterFailure(mail, attempts, error));
  await lease.end();
  await db().mail.updateMany({ where: { id: mail.id, state: "queued", attempts }, data: change });
  if (change.state === "sent" && mail.textSealed) await removeFromOutbox(mail.id, mail.createdAt);
}

type Change = Prisma.MailUpdateManyMutationInput;
type Lease = { end: () => Promise<void> };

/**
 * Of several processes one gets it. It counts as an attempt at once, so that a mail which kills whoever touches it
 * does not do so for ever; and the number says whose it is: somebody who was held up for longer than the lease, and
 * replaced, changes nothing any more.
 */
async function claim(mail: Mail, attempts: number): Promise<Lease | null> {
  const { count } = await db().mail.updateMany({
    where: { id: mail.id, attempts: mail.attempts, ...isDue() },
    data: { attempts, nextAt: later(leaseMs), failure: null },
  });
  if (count === 0) return null;
  let renewing: Promise<unknown> = Promise.resolve();
  const renew = () => {
    renewing = db()
      .mail.updateMany({
        where: { id: mail.id, state: "queued", attempts },
        data: { nextAt: later(leaseMs) },
      })
      .catch(() => {});
  };
  const timer = setInterval(renew, leaseMs / 3).unref();
  return {
    end: async () => {
      clearInterval(timer);
      await renewing;
    },
  };
}

/** What the row says afterwards. Throws when it did not work out. */
async function attempt(mail: Mail, writers: Writers): Promise<Change> {
  const written = await write(mail, writers);
  if (!written) return { ...done, state: "dropped" };
  const { to, subject, text } = written;
  if (canMail()) {
    await sendMail(written);
    return { ...done, state: "sent", subject };
  }
  await putIntoOutbox(mail.id, mail.createdAt, written);
  const textSealed = encrypt("mail", JSON.stringify({ to, text }));
  return { state: "kept", doneAt: now(), subject, textSealed };
}

const done = {
  get doneAt() {
    return now();
  },
  dataSealed: null,
  textSealed: null,
};

/** Nobody could write it: what went wrong is for the log, and no word for a page. */
class NotWritten extends Error {
  override name = "NotWritten";
}

async function write(mail: Mail, writers: Writers): Promise<WrittenMail | null> {
  try {
    const writer = writers[mail.kind as MailKind];
    if (!writer) throw new Error(`nobody writes mails of the kind ${mail.kind}`);
    return await writer(orderOf(mail));
  } catch (cause) {
    throw new NotWritten("its text could not be written", { cause });
  }
}

const orderOf = ({ kind, userId, address, dataSealed }: Mail): MailOrder => ({
  kind: kind as MailKind,
  userId,
  address,
  data: JSON.parse(decrypt("mail", dataSealed ?? "")) as Record<string, unknown>,
});

function afterFailure({ id, kind }: Mail, attempts: number, error: unknown): Change {
  const { message } = error as Error;
  const isKnown = error instanceof Error;
  const pauseMs = error instanceof MailRefused ? null : pauseAfter(attempts, Math.random());
  log().warn(
    { err: error, mail: id, kind, attempts },
    `a mail could not be sent${pauseMs === null ? "" : "; tried again"}`,
  );
  const failure = isKnown ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.` : "It failed.";
  if (pauseMs !== null) return { failure, nextAt: later(pauseMs) };
  return { failure, state: "failed", doneAt: now() };
}

import { createHash, randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { env } from "./env";
import { log } from "./log";
import { count, gauge } from "./metrics";
import { installTag } from "./secrets";
import { singleton, takeSingleton } from "./singleton";

/** Longer than any healthy answer, short enough that a caller does not notice the one time it is waited for. */
const answerMs = 250;
/** After a failure nobody asks for this long. */
const restMs = 1_000;
const heartbeatMs = 2_000;

type Link = {
  commands: Redis;
  subscriber: Redis;
  /** Rises whenever the server may have forgotten, or not heard, what this process told it. */
  epoch: number;
  restUntil: number;
  isOutage: boolean;
  /** On purpose: its end is no outage. */
  isClosed: boolean;
  /** Until the first connection stands or has failed. */
  first: Promise<void> | undefined;
  backListeners: Set<() => void>;
  heartbeat: NodeJS.Timeout;
};

/**
 * One connection for commands and one that listens, per process. Nothing is queued and nothing is sent twice: while
 * the server is away, whoever asks is told so at once and decides by what this process knows.
 */
function connect(url: string): Link {
  const commands = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // For what ioredis itself asks while it connects; ours is `inTime`.
    commandTimeout: restMs,
    connectTimeout: restMs,
    disconnectTimeout: answerMs,
    disableClientInfo: true,
    retryStrategy: (attempt) => Math.min(attempt * 100, restMs),
  });
  const subscriber = commands.duplicate({ autoResubscribe: false });
  const link: Link = {
    commands,
    subscriber,
    epoch: 1,
    restUntil: 0,
    isOutage: false,
    isClosed: false,
    first: undefined,
    backListeners: new Set(),
    heartbeat: setInterval(() => void beat(link), heartbeatMs).unref(),
  };
  // Without listeners ioredis writes errors to the console. "close" follows every one of them.
  let reason: unknown;
  commands.on("error", (error) => {
    reason = error;
  });
  subscriber.on("error", () => {});
  // Calls of before may be lost with the server, even if nobody was waiting for an answer.
  commands.on("close", () => noteFailure(link, reason));
  commands.on("ready", () => void beat(link));
  link.first = new Promise<void>((resolve) => {
    commands.once("ready", resolve);
    commands.once("close", resolve);
    setTimeout(resolve, restMs).unref();
  }).then(() => {
    link.first = undefined;
  });
  gauge("adyton_redis_up", () => (isRedisUp() ? 1 : 0));
  return link;
}

const link = (): Link | undefined => {
  const url = env().redisUrl;
  return url === undefined ? undefined : singleton("redis", () => connect(url));
};

const isUsable = ({ commands, restUntil }: Link): boolean =>
  commands.status === "ready" && performance.now() >= restUntil;

function noteFailure(failed: Link, cause?: unknown): void {
  failed.epoch += 1;
  failed.restUntil = performance.now() + restMs;
  noteOutage(failed, cause);
}

function noteOutage(missed: Link, cause?: unknown): void {
  if (missed.isOutage || missed.isClosed) return;
  missed.isOutage = true;
  count("adyton_redis_outages_total");
  log().warn(
    // Not the error itself: it may carry the command that failed, and with it the password.
    { err: { message: cause instanceof Error ? cause.message : "the connection was closed" } },
    "Redis does not answer: until it is back, limits are counted per process and changes reach other processes later",
  );
}

function noteAnswer(answered: Link): void {
  if (!answered.isOutage) return;
  answered.isOutage = false;
  log().info("Redis is back");
  for (const listener of answered.backListeners) listener();
}

/** Finds out without a caller that the server is gone, or back. */
async function beat(beating: Link): Promise<void> {
  if (isUsable(beating)) await ask(beating, (commands) => commands.ping());
  if (beating.subscriber.status === "ready")
    // A connection that died without a word would never hear anything again.
    await beating.subscriber.ping().catch(() => beating.subscriber.disconnect(true));
}

async function ask<T>(asked: Link, command: (commands: Redis) => Promise<T>): Promise<T | undefined> {
  const { epoch } = asked;
  try {
    const answer = await inTime(command(asked.commands));
    noteAnswer(asked);
    return answer;
  } catch (error) {
    // Of many that waited, the first to give up speaks for all.
    if (asked.epoch === epoch) {
      noteFailure(asked, error);
      asked.commands.disconnect(true);
    }
    return undefined;
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error(`no answer within ${answerMs} ms`));
    // When this process itself was busy for so long, the answer may be here already: it is looked at first.
    const timer = setTimeout(() => setImmediate(giveUp), answerMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export const isRedisConfigured = (): boolean => env().redisUrl !== undefined;

/** Is there one, and does it answer? */
export function isRedisUp(): boolean {
  const own = link();
  return own !== undefined && isUsable(own);
}

/** For the start of a server: so that its first callers do not wait for the connection. */
export const connectRedis = async (): Promise<void> => link()?.first;

/** The answer, or undefined within a moment: then the server is away, and for a while nobody else waits for it. */
export function askRedis<T>(command: (commands: Redis) => Promise<T>): Promise<T | undefined> | undefined {
  const own = link();
  if (!own) return undefined;
  const askIfUsable = () => {
    if (isUsable(own)) return ask(own, command);
    noteOutage(own);
    return undefined;
  };
  return own.first ? own.first.then(askIfUsable) : askIfUsable();
}

/** Another number than before: what this process told the server may be gone, or unheard. */
export const redisEpoch = (): number => link()?.epoch ?? 0;

/** Calls back whenever the server answers again after an outage. */
export function onRedisBack(listener: () => void): void {
  link()?.backListeners.add(listener);
}

/** Hears everything said in the channel; `onGap` when something may have been missed: after every connection. */
export function listenToRedis(channel: string, onMessage: (text: string) => void, onGap: () => void): void {
  const subscriber = link()?.subscriber;
  if (!subscriber) return;
  const subscribe = () => void subscriber.subscribe(channel).then(onGap, () => subscriber.disconnect(true));
  subscriber.on("message", (from: string, text: string) => {
    if (from === channel) onMessage(text);
  });
  subscriber.on("ready", subscribe);
  if (subscriber.status === "ready") subscribe();
}

type Script = { text: string; digest: string };

export const redisScript = (text: string): Script => ({
  text,
  digest: createHash("sha1").update(text).digest("hex"),
});

/** Runs it as one step that nothing else comes between. A server that was restarted is sent the text again. */
export const runScript = async (
  commands: Redis,
  { text, digest: sha }: Script,
  keys: readonly string[],
  values: readonly (string | number)[],
): Promise<unknown> => {
  try {
    return await commands.evalsha(sha, keys.length, ...keys, ...values);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
    return commands.eval(text, keys.length, ...keys, ...values);
  }
};

/** In front of every key and channel, so that two installs can share a server. */
export const redisPrefix = (): string => singleton("redis-prefix", () => `adyton:{${installTag()}}`);

/** This process, among those that share a server. */
export const processTag = (): string => singleton("process-tag", () => randomBytes(9).toString("base64url"));

export async function closeRedis(): Promise<void> {
  const own = takeSingleton<Link>("redis");
  if (!own) return;
  own.isClosed = true;
  clearInterval(own.heartbeat);
  await own.first;
  // What was said before this has been heard when it is answered: a command that ends at once loses nothing.
  if (isUsable(own)) await inTime(own.commands.ping()).catch(() => {});
  for (const connection of [own.commands, own.subscriber]) connection.disconnect();
}

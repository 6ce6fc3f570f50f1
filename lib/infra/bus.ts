import { askRedis, isRedisConfigured, listenToRedis, onRedisBack, processTag, redisPrefix } from "./redis";
import { singleton } from "./singleton";

/** Instead of ids: something may have been missed, so whatever is remembered may be old. */
export const everything = "*";

type Listener = (ids: readonly string[]) => void;
type Bus = { listeners: Set<Listener>; hasUnsaid: boolean };

const channel = () => `${redisPrefix()}:changes`;

/** With Redis, other processes hear what is announced here, and the other way round. */
function open(): Bus {
  const bus: Bus = { listeners: new Set(), hasUnsaid: false };
  if (!isRedisConfigured()) return bus;
  listenToRedis(
    channel(),
    (text) => {
      const [from, ...ids] = JSON.parse(text) as string[];
      if (from !== processTag()) tell(bus, ids);
    },
    () => tell(bus, [everything]),
  );
  onRedisBack(() => {
    if (!bus.hasUnsaid) return;
    bus.hasUnsaid = false;
    void say(bus, [everything]);
  });
  return bus;
}

const bus = (): Bus => singleton("bus", open);

function tell({ listeners }: Bus, ids: readonly string[]): void {
  for (const listener of listeners) listener(ids);
}

async function say(own: Bus, ids: readonly string[]): Promise<void> {
  const text = JSON.stringify([processTag(), ...ids]);
  const heardBy = await askRedis((redis) => redis.publish(channel(), text));
  if (heardBy === undefined) own.hasUnsaid = true;
}

/**
 * Tells every process that what it remembers of these ids is old: users, keys, sessions, plans. This process at
 * once; others within moments, or as soon as Redis is back, then with `everything`.
 */
export function announceChange(ids: readonly string[]): void {
  if (ids.length === 0) return;
  tell(bus(), ids);
  if (isRedisConfigured()) void say(bus(), ids);
}

/** For what this process found out by itself: others find it out in the same way. */
export const noteChange = (ids: readonly string[]): void => tell(bus(), ids);

/** The answer ends it. */
export function onChange(listener: Listener): () => void {
  bus().listeners.add(listener);
  return () => void bus().listeners.delete(listener);
}

import { askRedis, onRedisBack, processTag, redisPrefix, redisScript, runScript } from "../../infra/redis";
import { singleton } from "../../infra/singleton";
import type { ConcurrencyPolicy } from "../domain";

/** A process that dies gives its places back after this long; one that lives says so before. */
const leaseMs = 15_000;
const renewMs = leaseMs / 3;

/** Takes one place under every policy or under none; answers whether, and how many were taken before. */
const enterScript = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local answer = { 1 }
for index, places in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
  local taken = redis.call('ZCARD', places)
  if taken >= tonumber(ARGV[2 + index]) then answer[1] = 0 end
  answer[#answer + 1] = taken
end
if answer[1] == 1 then
  for _, places in ipairs(KEYS) do
    redis.call('ZADD', places, now + ARGV[2], ARGV[1])
    redis.call('PEXPIRE', places, ARGV[2])
  end
end
return answer`);

const countScript = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local answer = {}
for index, places in ipairs(KEYS) do answer[index] = redis.call('ZCOUNT', places, '(' .. now, '+inf') end
return answer`);

const renewScript = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for _, places in ipairs(KEYS) do
  redis.call('ZADD', places, now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', places, ARGV[2])
end`);

const leaveScript = redisScript(`
for _, places in ipairs(KEYS) do redis.call('ZREM', places, ARGV[1]) end`);

type Places = {
  last: number;
  /** Id of the lease → its keys. */
  held: Map<string, string[]>;
  /** Ended, but Redis has not heard of it. */
  ended: Map<string, string[]>;
};

function open(): Places {
  const places: Places = { last: 0, held: new Map(), ended: new Map() };
  setInterval(() => void renew(places), renewMs).unref();
  onRedisBack(() => void renew(places));
  return places;
}

const places = (): Places => singleton("limit-shared-places", open);

/** What began or ended while Redis was away is made good here too. */
async function renew({ held, ended }: Places): Promise<void> {
  for (const [id, keys] of [...ended])
    if (await leave(id, keys)) ended.delete(id);
    else return;
  for (const [id, keys] of [...held])
    if (
      held.has(id) &&
      (await askRedis((redis) => runScript(redis, renewScript, keys, [id, leaseMs]))) === undefined
    )
      return;
}

const leave = async (id: string, keys: string[]): Promise<boolean> =>
  (await askRedis((redis) => runScript(redis, leaveScript, keys, [id]).then(() => true))) ?? false;

export type SharedPlace = { id: string; keys: string[] };

const keyOf = ({ name, key }: ConcurrencyPolicy): string => `${redisPrefix()}:running:${name}|${key}`;

export const newPlace = (policies: readonly ConcurrencyPolicy[]): SharedPlace => ({
  id: `${processTag()}.${++places().last}`,
  keys: policies.map(keyOf),
});

/** How many places are taken under each policy; undefined: Redis is away. */
export const askHowManyRun = (policies: readonly ConcurrencyPolicy[]) =>
  askRedis((redis) => runScript(redis, countScript, policies.map(keyOf), []) as Promise<number[]>);

/** How many places were taken under each policy, and whether this one was added; undefined: Redis is away. */
export const askForPlace = ({ id, keys }: SharedPlace, policies: readonly ConcurrencyPolicy[]) =>
  askRedis(async (redis) => {
    const limits = policies.map(({ limit }) => limit);
    const [isTaken, ...taken] = (await runScript(redis, enterScript, keys, [
      id,
      leaseMs,
      ...limits,
    ])) as number[];
    return { isAllowed: isTaken === 1, taken };
  });

export const holdPlace = ({ id, keys }: SharedPlace): void => void places().held.set(id, keys);

export function leavePlace({ id, keys }: SharedPlace): void {
  places().held.delete(id);
  void leave(id, keys).then((isHeard) => {
    if (!isHeard) places().ended.set(id, keys);
  });
}

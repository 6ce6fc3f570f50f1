import { now } from "../../infra/clock";
import { count } from "../../infra/metrics";
import {
  askRedis,
  onRedisBack,
  processTag,
  redisEpoch,
  redisPrefix,
  redisScript,
  runScript,
} from "../../infra/redis";
import { singleton } from "../../infra/singleton";
import { type Charge, type Counter, callers, counterName, lookLocally, takeLocally } from "../counters";
import type { PolicyStanding, Verdict } from "../domain";

/**
 * The sliding window again, for all processes: asks every policy and charges all or none, in one step and by the
 * server's own clock. Per policy there are two keys: when each call came (a sorted set), and what each cost, with
 * the sum (a hash). A call is named after the process and place that counted it, so telling it twice counts it once.
 */
const script = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local position = 0
local function take()
  position = position + 1
  return ARGV[position]
end

local function forget(order, costs, call)
  local cost = redis.call('HGET', costs, call)
  redis.call('ZREM', order, call)
  if cost then
    redis.call('HDEL', costs, call)
    redis.call('HINCRBY', costs, 'sum', -cost)
  end
end

local function record(order, costs, call, at, cost)
  redis.call('ZADD', order, at, call)
  redis.call('HINCRBY', costs, call, cost)
  redis.call('HINCRBY', costs, 'sum', cost)
end

-- What a process counted while we were away replaces what we have heard from it before.
local function hear(order, costs, tag, place, window)
  for _, call in ipairs(redis.call('HKEYS', costs)) do
    if string.sub(call, 1, #tag) == tag and tonumber(string.sub(call, #tag + 1)) < place then
      forget(order, costs, call)
    end
  end
  for _ = 1, tonumber(take()) do
    local call, age, cost = tag .. take(), tonumber(take()), tonumber(take())
    forget(order, costs, call)
    if age < window then record(order, costs, call, now - age, cost) end
  end
end

local function timeAt(order, index)
  return tonumber(redis.call('ZRANGE', order, index, index, 'WITHSCORES')[2])
end

local policies, isAllowed = {}, true
for index = 1, #KEYS, 2 do
  local order, costs, tag = KEYS[index], KEYS[index + 1], take()
  local place, cost, limit, window = tonumber(take()), tonumber(take()), tonumber(take()), tonumber(take())
  local oldest = timeAt(order, 0)
  if not oldest then
    redis.call('DEL', costs)
  elseif timeAt(order, -1) > now then
    -- Our clock was set back: nobody is freed by that, and nobody held longer than a window.
    for _, call in ipairs(redis.call('ZRANGEBYSCORE', order, '(' .. now, '+inf')) do
      redis.call('ZADD', order, now, call)
    end
    oldest = timeAt(order, 0)
  end
  if take() == 'hear' then
    hear(order, costs, tag, place, window)
    oldest = timeAt(order, 0)
  end
  if oldest and oldest <= now - window then
    for _, call in ipairs(redis.call('ZRANGEBYSCORE', order, '-inf', now - window)) do
      forget(order, costs, call)
    end
    oldest = timeAt(order, 0)
  end
  local used = oldest and tonumber(redis.call('HGET', costs, 'sum')) or 0
  if used + cost > limit then isAllowed = false end
  policies[#policies + 1] = {
    order = order, costs = costs, call = tag .. place, cost = cost, limit = limit, window = window,
    used = used, oldest = oldest
  }
end

local function waitFor(policy)
  local excess = policy.used + policy.cost - policy.limit
  if excess <= 0 then return 0 end
  for first = 0, redis.call('ZCARD', policy.order) - 1, 100 do
    local calls = redis.call('ZRANGE', policy.order, first, first + 99, 'WITHSCORES')
    for index = 1, #calls, 2 do
      excess = excess - (redis.call('HGET', policy.costs, calls[index]) or 0)
      if excess <= 0 then return calls[index + 1] + policy.window - now end
    end
  end
  return policy.window
end

local answer = { isAllowed and 1 or 0 }
for _, policy in ipairs(policies) do
  if isAllowed and policy.cost > 0 then
    record(policy.order, policy.costs, policy.call, now, policy.cost)
    policy.used = policy.used + policy.cost
    policy.oldest = policy.oldest or now
  end
  redis.call('PEXPIRE', policy.order, policy.window)
  redis.call('PEXPIRE', policy.costs, policy.window)
  answer[#answer + 1] = policy.used
  answer[#answer + 1] = policy.oldest and policy.oldest + policy.window - now or 0
  answer[#answer + 1] = isAllowed and 0 or waitFor(policy)
end
return answer`);

const keysOf = ({ policy }: Counter): string[] => {
  const name = `${redisPrefix()}:rate:${counterName(policy)}`;
  return [name, `${name}:costs`];
};

/** What this process counted itself, if Redis may not know it: it hears of that before anything else. */
function untold(counter: Counter): (string | number)[] {
  if (counter.toldEpoch === redisEpoch()) return ["go on"];
  counter.toldEpoch = redisEpoch();
  const at = now().getTime();
  const entries = counter.own.entries(at);
  const told = entries.flatMap((entry) => [entry.place, Math.max(0, Math.floor(at - entry.at)), entry.cost]);
  return ["hear", entries.length, ...told];
}

const ask = (charges: readonly (Charge & { place: number })[]) =>
  askRedis((redis) => {
    const keys = charges.flatMap(({ counter }) => keysOf(counter));
    const values = charges.flatMap(({ policy, counter, cost, place }) => [
      `${processTag()}.${counter.id}:`,
      place,
      cost,
      policy.limit,
      policy.windowMs,
      ...untold(counter),
    ]);
    return runScript(redis, script, keys, values) as Promise<number[]>;
  });

/**
 * Counts a call for all processes together. What is accepted is counted here as well: when Redis is away, that
 * decides, at once and without waiting.
 */
export function takeShared(charges: readonly Charge[]): Verdict | Promise<Verdict> {
  tellWhenBack();
  const sentAt = now().getTime();
  const placed = charges.map((charge) => ({
    ...charge,
    place: charge.counter.own.placeAt(sentAt, charge.policy.limit),
  }));
  const answered = ask(placed);
  return answered ? answered.then((answer) => conclude(placed, answer)) : conclude(placed, undefined);
}

function conclude(charges: readonly (Charge & { place: number })[], answer: number[] | undefined): Verdict {
  const at = now().getTime();
  if (!answer) {
    count("adyton_limits_degraded_total");
    return takeLocally(charges, at);
  }
  const isAllowed = answer[0] === 1;
  const standings = charges.map(({ policy, counter, cost, place }, index): PolicyStanding => {
    const [used = 0, resetMs = 0, retryMs = 0] = answer.slice(1 + index * 3);
    if (isAllowed) counter.own.put(at, cost, place);
    counter.hear(at, used);
    return { policy, remaining: Math.max(0, policy.limit - used), resetMs, retryMs };
  });
  return { isAllowed, standings };
}

/** How one more call would stand. A call that costs nothing asks for that, and is kept nowhere. */
export async function lookShared(charges: readonly Charge[]): Promise<PolicyStanding[]> {
  const at = now().getTime();
  const answer = await ask(
    charges.map(({ policy, counter }) => ({
      policy,
      counter,
      cost: 0,
      place: counter.own.placeAt(at, policy.limit),
    })),
  );
  if (!answer) return lookLocally(charges, at);
  return charges.map(({ policy }, index): PolicyStanding => {
    const [used = 0, resetMs = 0, waitMs = 0] = answer.slice(1 + index * 3);
    const remaining = Math.max(0, policy.limit - used);
    return { policy, remaining, resetMs, retryMs: remaining > 0 ? 0 : Math.max(resetMs, waitMs) };
  });
}

/** Callers who do not come back to this process may go to another: it has to know what they spent here. */
function tellWhenBack(): void {
  singleton("limit-tell-when-back", () => onRedisBack(() => void tellAll()));
}

async function tellAll(): Promise<void> {
  for (const counter of [...callers().values()]) {
    const at = now().getTime();
    if (counter.toldEpoch === redisEpoch() || counter.own.used(at) === 0) continue;
    const policy = { ...counter.policy, limit: 0 };
    const answered = await ask([{ policy, counter, cost: 0, place: counter.own.placeAt(at, 0) }]);
    if (!answered) return;
  }
}

import { AppError } from "../../core/errors";
import { nowMs } from "../../infra/clock";
import { singleton, takeSingleton } from "../../infra/singleton";
import { Breaker, type Pass } from "./breaker";
import { untilRaised } from "./deadline";
import { type Connections, closeConnections, openConnections, socketsMax } from "./exchange";
import { isUpstreamFault, UpstreamFault } from "./fault";
import { RestRequest } from "./outcome";
import { WaitingLine } from "./waiting-line";

/** What this process keeps of one version's upstream. */
export type Place = {
  connections: Connections;
  breaker: Breaker;
  line: WaitingLine;
  /** Why the last call failed, in a sentence for administrators; null when it did not. */
  lastFault: string | null;
  hasAnswered: boolean;
  /** The longest that a call was given here. */
  patienceMs: number;
  isRetired: boolean;
};

/** What of that time the service itself must have had before its silence is held against it. */
const fairShare = 0.9;

const places = () => singleton("upstream-places", () => new Map<string, Place>());

export const findPlace = (id: string): Place | undefined => places().get(id);

export function placeOf(id: string, url: URL, isPrivateAllowed: boolean): Place {
  const known = places().get(id);
  if (known) return known;
  const place = {
    connections: openConnections(url, isPrivateAllowed),
    breaker: new Breaker(),
    line: new WaitingLine(socketsMax),
    lastFault: null,
    hasAnswered: false,
    patienceMs: 0,
    isRetired: false,
  };
  places().set(id, place);
  return place;
}

const closeIfDone = (place: Place): void => {
  if (place.isRetired && place.line.running === 0 && place.line.queued === 0)
    closeConnections(place.connections);
};

export function retirePlace(id: string): void {
  const place = places().get(id);
  if (!place) return;
  places().delete(id);
  place.isRetired = true;
  closeIfDone(place);
}

export function closePlaces(): void {
  const all = takeSingleton<Map<string, Place>>("upstream-places");
  for (const { connections } of all?.values() ?? []) closeConnections(connections);
}

const restingFor = (waitMs: number): AppError =>
  new AppError("upstream.resting", { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });

/** For callers, an address that may not be called any more is a service that cannot be reached. */
const forCallers = (fault: UpstreamFault): AppError =>
  fault.code === "upstream.address_not_allowed"
    ? new UpstreamFault("upstream.unreachable", fault.reason)
    : fault;

/** Calls that waited long for their turn, or whose callers wanted a quick answer, prove nothing by timing out. */
const isTooSlow = (place: Place, error: unknown, tookMs: number): boolean =>
  error instanceof AppError && error.code === "model.timed_out" && tookMs >= place.patienceMs * fairShare;

/** Keeps the books of one call that failed, and says what its caller is told. */
function settleFailure(place: Place, pass: Pass, error: unknown, tookMs: number): unknown {
  const { breaker } = place;
  if (isTooSlow(place, error, tookMs)) {
    breaker.fail(pass, nowMs());
    place.lastFault = "It did not answer within the time limit of the model.";
    return error;
  }
  if (!isUpstreamFault(error)) {
    breaker.leave(pass);
    return error;
  }
  if (error instanceof RestRequest) breaker.askedToRest(pass, nowMs(), error.seconds * 1_000);
  else if (error.isHarmless) breaker.succeed();
  else breaker.fail(pass, nowMs());
  place.lastFault = error.reason;
  return forCallers(error);
}

/** Does the work when there is room for it and the service is not left alone. */
export async function takeTurn<T>(
  place: Place,
  { queueMax, timeoutMs, signal }: { queueMax: number; timeoutMs: number; signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  const { breaker, line } = place;
  place.patienceMs = Math.max(place.patienceMs, timeoutMs);
  const waitMs = breaker.waitMs(nowMs());
  if (waitMs > 0) throw restingFor(waitMs);
  await line.enter(queueMax, signal);
  try {
    // While it waited for its turn, those before may have found out that there is no use.
    const pass = breaker.enter(nowMs());
    if (!pass) throw restingFor(breaker.waitMs(nowMs()));
    return await attempt(place, pass, signal, work);
  } finally {
    line.leave();
    closeIfDone(place);
  }
}

async function attempt<T>(place: Place, pass: Pass, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    const result = await untilRaised(signal, work);
    place.breaker.succeed();
    place.lastFault = null;
    place.hasAnswered = true;
    return result;
  } catch (error) {
    throw settleFailure(place, pass, signal.aborted ? signal.reason : error, performance.now() - startedAt);
  }
}

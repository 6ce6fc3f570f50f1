import { AppError, invalid } from "../../core/errors";
import { nowMs } from "../../infra/clock";
import type {
  CallBounds,
  CallTimes,
  RowsAnswer,
  RunnerReport,
  Tensor,
  TensorAnswer,
  TensorSpec,
  Upstream,
  UpstreamTarget,
} from "../domain";
import { checkedAddresses, hostOf } from "./checked-address";
import { untilRaised, withDeadline } from "./deadline";
import { ask, closeConnections, type Exchange, openConnections } from "./exchange";
import { connectionFault, isUpstreamFault } from "./fault";
import { inferBody, inferUrl, modelUrl, readInferAnswer, readMetadata } from "./open-inference";
import { successText } from "./outcome";
import { closePlaces, findPlace, type Place, placeOf, retirePlace, takeTurn } from "./place";
import { type Row, rowPreset } from "./row-presets";

/** Requests of one call at the same time, when each row is a request. */
const rowsAtOnce = 8;
const describeMs = 10_000;

/** One exchange that has to succeed, read in the same step so that an unreadable answer counts as a failure. */
async function askFor<T>(exchange: Exchange, place: Pick<Place, "connections">, read: (text: string) => T) {
  const answer = await ask(exchange, place.connections);
  return read(successText(answer, exchange.headers, nowMs()));
}

async function call<T>(
  target: UpstreamTarget,
  url: URL,
  bounds: CallBounds,
  work: (place: Place, signal: AbortSignal) => Promise<T>,
): Promise<{ result: T } & CallTimes> {
  const startedAt = performance.now();
  return await withDeadline(bounds, (signal) => {
    const place = placeOf(target.id, url, target.upstream.isPrivateAllowed);
    const { queueMax } = target;
    return takeTurn(place, { queueMax, timeoutMs: bounds.timeoutMs, signal }, async () => {
      const turnAt = performance.now();
      const result = await work(place, signal);
      return { result, queueMs: turnAt - startedAt, predictMs: performance.now() - turnAt };
    });
  });
}

export async function askUpstreamTensors(
  target: UpstreamTarget,
  inputs: Tensor[],
  bounds: CallBounds & { outputs?: readonly string[] },
): Promise<TensorAnswer> {
  const url = inferUrl(target.upstream);
  const { outputs: asked } = bounds;
  const expected = asked ? target.outputs.filter(({ name }) => asked.includes(name)) : target.outputs;
  const body = inferBody(inputs, asked);
  const { result, ...times } = await call(target, url, bounds, (place, signal) =>
    askFor({ url, method: "POST", headers: target.headers, body, signal }, place, (text) =>
      readInferAnswer(text, expected),
    ),
  );
  return { outputs: result, ...times };
}

/** At most so many at once; the first failure ends it. The signal has to end the others. */
async function inParallel<A, B>(items: readonly A[], atOnce: number, work: (item: A) => Promise<B>) {
  const results = new Array<B>(items.length);
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

export async function askUpstreamRows(
  target: UpstreamTarget,
  rows: Row[],
  bounds: CallBounds,
): Promise<RowsAnswer> {
  const { url, isTogether, body, read } = rowPreset(target.upstream);
  const groups = isTogether ? [rows] : rows.map((row) => [row]);
  const { result, ...times } = await call(target, url, bounds, (place, signal) =>
    inParallel(groups, rowsAtOnce, (group) =>
      askFor({ url, method: "POST", headers: target.headers, body: body(group), signal }, place, (text) =>
        read(text, group.length),
      ),
    ),
  );
  const tokens = result.reduce((sum, part) => sum + (part.tokens ?? 0), 0);
  return {
    rows: result.flatMap(({ results }) => results),
    ...times,
    ...(target.upstream.preset === "chat" ? { tokens } : {}),
  };
}

/** Administrators see the reason itself, because they are who can mend it. */
function forAdministrator(error: unknown): unknown {
  if (error instanceof AppError && !isUpstreamFault(error)) return error;
  const fault = connectionFault(error);
  if (fault.code === "upstream.address_not_allowed")
    return invalid("/url", fault.reason, "Allow private addresses, or use another address.", fault.code);
  const { code, reason, retryAfterSeconds } = fault;
  return new AppError(code, {
    detail: reason,
    cause: fault,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function requirePlainUrl({ protocol, username, password }: URL): void {
  if (protocol !== "http:" && protocol !== "https:")
    throw invalid(
      "/url",
      "Only http and https can be called.",
      "Write an address that begins with https://.",
    );
  if (username !== "" || password !== "")
    throw invalid(
      "/url",
      "A password does not belong into an address: addresses are shown and logged.",
      "Send it as a header, for example Authorization.",
    );
}

/** What an upstream says of itself, asked before anything of it is saved. Its address is checked in any case. */
export async function describeUpstream(
  upstream: Upstream,
  headers: Readonly<Record<string, string>>,
): Promise<{ inputs: TensorSpec[]; outputs: TensorSpec[] }> {
  const url = upstream.preset === "open_inference" ? modelUrl(upstream) : rowPreset(upstream).url;
  const { isPrivateAllowed } = upstream;
  requirePlainUrl(url);
  const connections = openConnections(url, isPrivateAllowed);
  try {
    return await withDeadline({ timeoutMs: describeMs }, (signal) =>
      untilRaised(signal, async () => {
        await checkedAddresses(hostOf(url), isPrivateAllowed);
        if (upstream.preset !== "open_inference") return { inputs: [], outputs: [] };
        return await askFor({ url, method: "GET", headers, signal }, { connections }, readMetadata);
      }),
    );
  } catch (error) {
    throw forAdministrator(error);
  } finally {
    closeConnections(connections);
  }
}

/** How a version's upstream is, as far as this process knows from its own calls. */
export function upstreamReport(id: string): RunnerReport {
  const place = findPlace(id);
  if (!place) return { state: "idle", runners: 0, queued: 0, running: 0, memoryBytes: 0, reason: null };
  const { line, lastFault, hasAnswered, connections } = place;
  const sockets = [connections.agent.sockets, connections.agent.freeSockets].flatMap(Object.values).flat();
  return {
    state: lastFault !== null ? "failing" : hasAnswered ? "ready" : line.running > 0 ? "warming" : "idle",
    runners: sockets.length,
    queued: line.queued,
    running: line.running,
    memoryBytes: 0,
    reason: lastFault,
  };
}

/** Running calls are finished; then its connections are closed. */
export const retireUpstream = (id: string): void => retirePlace(id);

export const closeUpstreams = async (): Promise<void> => closePlaces();

import type { IncomingHttpHeaders } from "node:http";
import { singleton, takeSingleton } from "../infra/singleton";
import { readBody, startUpstream, type UpstreamServer } from "./upstreams";

/** From here on webhooks may lead to this machine, which no production host allows. The answer ends it. */
export function allowHome(): () => void {
  takeSingleton("webhooks-may-call-home");
  singleton("webhooks-may-call-home", () => true);
  return () => void takeSingleton("webhooks-may-call-home");
}

export type Received = { headers: IncomingHttpHeaders & Record<string, string>; body: string };
export type Reply = { status: number; headers?: Record<string, string>; body?: string };

export type Receiver = UpstreamServer & { received: Received[] };

/** A real server that keeps what it got and answers as the test says. */
export async function startReceiver(reply: () => Reply = () => ({ status: 200 })): Promise<Receiver> {
  const received: Received[] = [];
  const server = await startUpstream(async (request, response) => {
    const body = await readBody(request);
    received.push({ headers: request.headers as Received["headers"], body });
    const { status, headers, body: text } = reply();
    response.writeHead(status, headers).end(text);
  });
  return { ...server, received };
}

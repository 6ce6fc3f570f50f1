import type { IncomingMessage, ServerResponse } from "node:http";

/** So long an answer that was given early waits for a client that is still sending. */
const lingerMs = 2_000;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** As Node itself answers who takes too long. */
function cut({ socket, complete }: IncomingMessage): void {
  if (complete || socket.destroyed) return;
  if (socket.writable) socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
  socket.destroySoon();
}

/** The whole body has to be here within this time. Node has one such bound for all requests of a server. */
export function boundBody(request: IncomingMessage, ms: number): void {
  if (!hasBody(request)) return;
  const timer = setTimeout(cut, ms, request);
  request.once("close", () => clearTimeout(timer));
}

/** A body that may take its time, as long as some of it keeps coming. */
export function boundSilence(request: IncomingMessage, ms: number): void {
  request.setTimeout(ms, () => cut(request));
}

/**
 * For an answer to a request whose body is not read to its end. Closed at once, the connection would be reset under a
 * client that still sends, often before it has seen the answer: so what comes is thrown away for a moment first.
 */
export function endEarly(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  if (request.complete || !hasBody(request)) {
    response.end(body);
    return;
  }
  response.write(body);
  const timer = setTimeout(() => response.end(), lingerMs);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  request.resume().once("end", end).once("close", end);
}

// The least that a server on Node can do for a call: read its headers, answer what it was told to. Nothing of the
// product is in it. What to answer comes in FLOOR_HEADERS, so that both send the same number of bytes.
import { createServer } from "node:http";

const headers = JSON.parse(process.env.FLOOR_HEADERS);

/** As many may wait to be let in as the machine allows. */
const backlog = 4096;

createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const isKnown = pathname === "/api/v1/verify" && request.headers.authorization !== undefined;
  response.writeHead(isKnown ? 200 : 401, headers);
  response.end();
}).listen(Number(process.env.PORT), "127.0.0.1", backlog);

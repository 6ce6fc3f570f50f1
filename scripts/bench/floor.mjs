// The least that a server on Node can do for a call: read its headers or its JSON, answer what it was told to. Nothing
// of the product is in it. What to answer comes in FLOOR_HEADERS and FLOOR_BODY, so that both send as many bytes.
import { createServer } from "node:http";

const headers = JSON.parse(process.env.FLOOR_HEADERS);
const prediction = JSON.parse(process.env.FLOOR_BODY);

/** As many may wait to be let in as the machine allows. */
const backlog = 4096;

function answerJson(request, response) {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { model } = JSON.parse(Buffer.concat(chunks));
    const text = JSON.stringify({ ...prediction, model });
    response.writeHead(200, {
      ...headers,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
}

createServer((request, response) => {
  if (request.method === "POST") return answerJson(request, response);
  const { pathname } = new URL(request.url, "http://localhost");
  const isKnown = pathname === "/api/v1/verify" && request.headers.authorization !== undefined;
  response.writeHead(isKnown ? 200 : 401, headers);
  response.end();
}).listen(Number(process.env.PORT), "127.0.0.1", backlog);

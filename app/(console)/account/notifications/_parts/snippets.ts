/**
 * A whole program that takes messages and trusts only those that this install signed. The secret is read from
 * the environment: code ends up in repositories.
 */
export const verifySnippets: readonly { label: string; code: string }[] = [
  {
    label: "Node",
    code: `// npm install standardwebhooks
import { createServer } from "node:http";
import { env } from "node:process";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(env.WEBHOOK_SECRET);

createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  try {
    const body = Buffer.concat(parts).toString();
    const { type, data } = webhook.verify(body, request.headers);
    console.log(type, data);
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(8080);`,
  },
  {
    label: "Python",
    code: `# pip install standardwebhooks
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["WEBHOOK_SECRET"])


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            message = webhook.verify(body, dict(self.headers))
            print(message["type"], message["data"])
            self.send_response(204)
        except WebhookVerificationError:
            self.send_response(401)
        self.end_headers()


HTTPServer(("", 8080), Receiver).serve_forever()`,
  },
];

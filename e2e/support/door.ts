import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../lib/testing/postgres";
import { Client } from "./client";
import { root } from "./start-host";

const samples = path.join(root, "docs/samples");

/** The service behind the door: answers with the headers that reached it, or with the status it is asked for. */
export async function startService() {
  const server = createServer((request, response) => {
    const status = Number(/^\/status\/(\d{3})$/.exec(request.url ?? "")?.[1] ?? 200);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(request.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    stop: () => void server.close().closeAllConnections(),
  };
}

export type Seen = IncomingHttpHeaders;

export type Door = { client: (headers?: Record<string, string>) => Client; stop: () => Promise<void> };
export type DoorKind = "nginx" | "haproxy";
type Ports = { adyton: number; service: number };

/** The sample of that web server, as it is in docs/samples but for the ports. */
export const startDoor = (kind: DoorKind, ports: Ports): Promise<Door> => starts[kind](ports);

function sample(name: string, { adyton, service, door }: Ports & { door: number }): string {
  return readFileSync(path.join(samples, name), "utf8")
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${adyton}`)
    .replaceAll("127.0.0.1:8000", `127.0.0.1:${service}`)
    .replaceAll("listen 8080", `listen 127.0.0.1:${door}`)
    .replaceAll("bind :8080", `bind 127.0.0.1:${door}`);
}

/** The sample that signs people in itself, as it is but for ports, secret and place of the passwords. */
export function startSignInDoor(kind: DoorKind, adyton: number, secret: string): Promise<Door> {
  const mend = (text: string, folder: string) =>
    text
      .replaceAll("the-value-of-PROXY_AUTH_SECRET-here", secret)
      .replaceAll("/etc/nginx/adyton.users", path.join(folder, "adyton.users"));
  return starts[kind]({ adyton, service: adyton }, "proxy-sign-in", mend);
}

const signInUsers = "ana@example.org:{PLAIN}a-word-for-ana\n";
type Mend = (text: string, folder: string) => string;
const asItIs: Mend = (text) => text;

const starts: Record<DoorKind, (ports: Ports, name?: string, mend?: Mend) => Promise<Door>> = {
  nginx: async (ports, name = "adyton", mend = asItIs) => {
    const door = await freePort();
    const folder = mkdtempSync(path.join(tmpdir(), "adyton-nginx-"));
    // The workers of nginx, which read the passwords, are nobody when it was started by root.
    chmodSync(folder, 0o755);
    mkdirSync(path.join(folder, "conf.d"));
    writeFileSync(path.join(folder, "adyton.users"), signInUsers);
    const text = mend(sample(`nginx/${name}.conf`, { ...ports, door }), folder);
    writeFileSync(path.join(folder, "conf.d/adyton.conf"), text);
    // What Debian's own nginx.conf has around conf.d, with everything it writes in our folder.
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path t-${name};`,
    );
    const around = `daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
events { worker_connections 512; }
http { access_log off; ${places.join(" ")} include ${folder}/conf.d/*.conf; }`;
    writeFileSync(path.join(folder, "nginx.conf"), around);
    return launch("/usr/sbin/nginx", ["-p", folder, "-c", "nginx.conf", "-e", "error.log"], { folder, door });
  },
  haproxy: async (ports, name = "haproxy", mend = asItIs) => {
    const door = await freePort();
    const folder = mkdtempSync(path.join(tmpdir(), "adyton-haproxy-"));
    for (const file of [`${name}.cfg`, "adyton.lua"])
      writeFileSync(path.join(folder, file), mend(sample(`haproxy/${file}`, { ...ports, door }), folder));
    return launch("/usr/sbin/haproxy", ["-db", "-C", folder, "-f", `${name}.cfg`], { folder, door });
  },
};

async function launch(
  program: string,
  args: string[],
  { folder, door }: { folder: string; door: number },
): Promise<Door> {
  if (!existsSync(program))
    throw new Error(`${program} is not installed: apt-get install ${path.basename(program)}`);
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => {
      output += data;
    });
  const exited = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${door}`;
  await waitForAnswer(origin, child, () => output).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { client: (headers = {}) => new Client(origin, headers), stop };
}

async function waitForAnswer(origin: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    if (await fetch(origin).catch(() => null)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${child.spawnfile} did not start:\n${output()}`);
}

import { spawn } from "node:child_process";
import path from "node:path";
import { StepError } from "../steps.mjs";

const script = path.join(import.meta.dirname, "calls.lua");

/** What `wrk` prints last; its one thread leaves the other processor to the server. */
async function output(args) {
  const child = spawn("wrk", ["--threads", "1", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  const line = text.split("\n").findLast((part) => part.startsWith("{"));
  if (code !== 0 || !line) throw new StepError(`wrk failed:\n${text.trim()}`);
  return JSON.parse(line);
}

const call = ({ url, header, file, body }, connections, seconds) =>
  output([
    ...["--connections", String(connections), "--duration", `${seconds}s`, "--timeout", "10s"],
    ...["--script", script, url, "--", header, file, ...(body ? [body] : [])],
  ]);

const warmUpSeconds = 1;

/**
 * Calls a server for so long, after a warm-up that does not count. Times in milliseconds; `cpuUs` is what a call costs
 * the server's processors, which stays the same when other programs are busy too. `loopMs` is by how much the server's
 * event loop was late, of 100 times the worst but one.
 */
export async function load(server, target, connections, seconds) {
  await call(target, connections, warmUpSeconds);
  const before = server.cpuSeconds();
  await server.watchLoop();
  const { requests, refused, broken, ...rest } = await call(target, connections, seconds);
  const cpuSeconds = server.cpuSeconds() - before;
  return {
    ...rest,
    rate: requests / rest.seconds,
    cpuUs: (cpuSeconds / Math.max(1, requests)) * 1e6,
    memory: server.memory(),
    loopMs: await server.loopDelay(),
    errors: refused + broken,
  };
}

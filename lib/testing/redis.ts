import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeRedis } from "../infra/redis";
import { takeSingleton } from "../infra/singleton";
import { tidyAfterDeath } from "./after-death";
import { freePort } from "./postgres";

const program = "/usr/bin/redis-server";

export type RedisServer = {
  url: string;
  /** It stops answering, with all connections open, until it is resumed. */
  pause: () => void;
  resume: () => void;
  /** It is gone, and what it knew with it. */
  kill: () => Promise<void>;
  /** On the same port, empty; one that runs is left alone. */
  startAgain: () => Promise<void>;
  stop: () => Promise<void>;
};

/** From here on this process uses that server, or none, and has counted nothing yet. */
export async function useRedis(url: string | undefined): Promise<void> {
  await closeRedis();
  if (url === undefined) delete process.env.REDIS_URL;
  else process.env.REDIS_URL = url;
  for (const name of ["env", "bus", "metrics", "process-tag"]) takeSingleton(name);
  for (const name of ["callers", "running", "shared-places", "tell-when-back"])
    takeSingleton(`limit-${name}`);
}

/** A real server on a free port that writes nothing to disk. */
export async function startRedis(): Promise<RedisServer> {
  if (!existsSync(program)) throw new Error("Redis is not installed: apt-get install redis-server");
  const folder = mkdtempSync(path.join(tmpdir(), "adyton-redis-"));
  const port = await freePort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  let server: ChildProcess | undefined;
  let callOffTidying: () => void;
  const isRunning = () => server !== undefined && server.exitCode === null && server.signalCode === null;
  const launch = async () => {
    if (isRunning()) return;
    server = spawn(program, [...settings, "--dir", folder], { cwd: folder, stdio: "ignore" });
    callOffTidying = tidyAfterDeath(folder, server.pid);
    await answering(port);
  };
  const kill = async () => {
    if (!isRunning()) return;
    const exited = new Promise((resolve) => server?.once("exit", resolve));
    server?.kill("SIGKILL");
    await exited;
    callOffTidying();
  };
  await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void server?.kill("SIGSTOP"),
    resume: () => void server?.kill("SIGCONT"),
    kill,
    startAgain: launch,
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(port: number): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
      socket.once("data", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("data", () => socket.destroy());
    });
    if (isThere) return;
    if (attempt > 200) throw new Error(`redis-server did not start on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

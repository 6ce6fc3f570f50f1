import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { tidyAfterDeath } from "./after-death";

/** A port that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** Debian keeps the server programs off the PATH, one folder per version. */
export function postgresPrograms(): string | null {
  const base = "/usr/lib/postgresql";
  if (!existsSync(base)) return null;
  const newest = readdirSync(base).sort((a, b) => Number(b) - Number(a))[0];
  return newest ? path.join(base, newest, "bin") : null;
}

/** The server refuses to run as root; Debian's package brings a user for it. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

export type PostgresServer = {
  url: (database: string) => string;
  /** A new empty database, or a copy of `template`; answers its address. */
  createDatabase: (template?: string) => Promise<string>;
  /** Takes the server away while its clients are connected, and brings it back on the same port. */
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  stop: () => Promise<void>;
};

/** A real server in a throwaway folder on a free port, tuned for speed: its data is worth nothing. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (!programs) throw new Error("Postgres is not installed: apt-get install postgresql");
  const user = serverUser();
  const folder = mkdtempSync(path.join(tmpdir(), "adyton-postgres-"));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, "data");
  const asUser = { ...user, cwd: folder, stdio: "ignore" as const };
  execFileSync(
    path.join(programs, "initdb"),
    ["-D", data, "-U", "adyton", "--auth=trust", "--no-sync", "-E", "UTF8"],
    asUser,
  );
  const port = await freePort();
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];
  const launch = () =>
    spawn(
      path.join(programs, "postgres"),
      [
        "-D",
        data,
        "-p",
        String(port),
        "-h",
        "127.0.0.1",
        "-k",
        folder,
        ...settings.flatMap((setting) => ["-c", setting]),
      ],
      asUser,
    );
  let server = launch();
  const shutDown = async (signal: NodeJS.Signals) => {
    const exited = new Promise((resolve) => server.once("exit", resolve));
    server.kill(signal);
    await exited;
  };
  let callOffTidying = tidyAfterDeath(folder, server.pid);
  const url = (database: string) => `postgresql://adyton@127.0.0.1:${port}/${database}`;
  const admin = await connectWhenReady(url("postgres"));
  let count = 0;
  return {
    url,
    createDatabase: async (template) => {
      count += 1;
      const name = `test_${process.pid}_${count}`;
      await admin.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ""}`);
      return url(name);
    },
    pause: () => shutDown("SIGINT"),
    resume: async () => {
      server = launch();
      callOffTidying();
      callOffTidying = tidyAfterDeath(folder, server.pid);
      await (await connectWhenReady(url("postgres"))).end();
    },
    stop: async () => {
      await admin.end().catch(() => {});
      await shutDown("SIGQUIT");
      callOffTidying();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function connectWhenReady(connectionString: string): Promise<pg.Client> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString });
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

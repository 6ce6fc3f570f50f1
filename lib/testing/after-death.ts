import { spawn } from "node:child_process";

/**
 * Removes folders, and first stops the server that works in them, once this process is gone in whatever way:
 * the shell waits for the end of a pipe that closes with us, by `kill -9` too. Answers how to call it off.
 */
export function tidyAfterDeath(folder: string, serverPid?: number): () => void {
  const stopServer = serverPid === undefined ? "" : `kill -QUIT ${serverPid} 2>/dev/null; sleep 1;`;
  const watcher = spawn("sh", ["-c", `cat >/dev/null; ${stopServer} rm -rf "$0"`, folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.unref();
  return () => {
    watcher.kill("SIGKILL");
  };
}

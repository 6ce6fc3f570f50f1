import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { env, SetupError } from "./env";

const beatMs = 2_000;
/** Longer than any pause of a process that lives: where it ran on another machine, nothing else tells. */
const silentMs = 30_000;

/** One at a time changes the secrets. Whoever was killed holds nothing any more. */
export function lockSecrets(): () => void {
  const lock = path.join(env().dataDir, "secrets.lock");
  const own = JSON.stringify({ host: hostname(), pid: process.pid, nonce: randomUUID() });
  if (!take(lock, own)) {
    removeDead(lock);
    if (!take(lock, own))
      throw new SetupError(
        "Another command is changing the secrets right now. Run this again when it is done.",
      );
  }
  const beat = setInterval(() => {
    const at = new Date();
    if (isOwn(lock, own)) utimesSync(lock, at, at);
  }, beatMs).unref();
  return () => {
    clearInterval(beat);
    if (isOwn(lock, own)) rmSync(lock, { force: true });
  };
}

/** Whole or not at all: nobody finds a lock whose owner is not written yet. */
function take(lock: string, own: string): boolean {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeDead(lock: string): void {
  const found = readOrNull(lock);
  if (found === null || !isDead(lock, found)) return;
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  // Somebody else may have removed the dead one and taken the lock in between: theirs is put back.
  if (readOrNull(aside) !== found) linkBack(aside, lock);
  rmSync(aside, { force: true });
}

function linkBack(aside: string, lock: string): void {
  try {
    linkSync(aside, lock);
  } catch {
    // A third one was faster; the second notices at its next beat that the lock is not its own.
  }
}

function isDead(lock: string, found: string): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs > silentMs) return true;
    const { host, pid } = JSON.parse(found) as { host: string; pid: number };
    return host === hostname() && !isRunning(pid);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

const isOwn = (lock: string, own: string): boolean => readOrNull(lock) === own;

import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./start-host";

export type Command = { code: number | null; output: string };

/** `npm run admin -- ...` as a process of its own. With `killAt` it is killed (-9) when it has said that. */
export function runAdmin(args: string[], env: Record<string, string>, killAt?: RegExp): Promise<Command> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/admin.mjs"), ...args], {
      cwd: root,
      env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        output += data;
        if (killAt?.test(output)) child.kill("SIGKILL");
      });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

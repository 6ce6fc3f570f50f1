import { createServer } from "node:net";
import { SetupError } from "./env";

/** Asked before anything is made, so that a taken port leaves no half-made install behind. */
export async function assertPortIsFree(port: number, host: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error: NodeJS.ErrnoException) => reject(portError(error, port, host)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

export function portError(error: NodeJS.ErrnoException, port: number, host: string): SetupError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`,
    EACCES: `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one of its addresses, or leave it out.`,
    ENOTFOUND: `HOST ${host} is not an address of this machine. Leave it out to serve on this machine only.`,
  };
  return new SetupError(
    reasons[error.code ?? ""] ?? `The server cannot listen on ${host}:${port}: ${error.message}`,
    { cause: error },
  );
}

import { parseArgs } from "node:util";
import { verifyAuditChain } from "../lib/audit/queries";
import { systemActor } from "../lib/core/actor";
import { AppError } from "../lib/core/errors";
import { emailAddress } from "../lib/core/text";
import { closeDatabase } from "../lib/infra/db/client";
import { SetupError } from "../lib/infra/env";
import { closeRedis } from "../lib/infra/redis";
import { openInstall } from "../lib/install/commands";
import { rotateSigningKey } from "../lib/tokens/commands/rotate-signing-key";
import { createAdmin, type NewAdmin, resetPasswordLocally } from "../lib/users/commands/install-admin";
import { assertGoodPassword } from "../lib/users/passwords";
import { checkStorage } from "./check-place";

type Options = { email: string; password: string | undefined };
type Command = {
  usage: string;
  help: string;
  takes: (keyof Options)[];
  run: (options: Options) => Promise<number>;
};

const commands: Record<string, Command> = {
  "create-admin": {
    usage: "create-admin --email you@example.org [--password ...]",
    help: "Makes an administrator. Without --password one is generated and shown once; a password typed here stays in your shell's history.",
    takes: ["email", "password"],
    run: async ({ email, password }) => {
      const admin = await createAdmin(email, { chosenPassword: password });
      return admin ? showSignIn(admin, "The administrator was made.") : 1;
    },
  },
  "reset-password": {
    usage: "reset-password --email you@example.org",
    help: "Gives an account a new generated password, shown once, and ends its sessions.",
    takes: ["email"],
    run: async ({ email }) =>
      showSignIn(await resetPasswordLocally(email), "The password was changed, every session was ended."),
  },
  "rotate-secrets": {
    usage: "rotate-secrets",
    help: "Makes a new key that signs access tokens. Tokens signed before stay good until they expire; nobody is signed out.",
    takes: [],
    run: async () => {
      const { id, algorithm } = await rotateSigningKey(systemActor("rotate-secrets"));
      console.log(
        `\n  New tokens are signed with ${id} (${algorithm}). Earlier ones stay good until they expire.\n`,
      );
      return 0;
    },
  },
  "verify-audit": {
    usage: "verify-audit",
    help: "Follows the audit log from the first event to the last and names the first place where it was changed.",
    takes: [],
    run: async () => {
      const report = await verifyAuditChain(systemActor("verify-audit"));
      if (report.isIntact) {
        console.log(`\n  The audit log is intact: ${report.events} events.\n`);
        return 0;
      }
      console.error(
        `\n  The audit log was changed: it is broken at position ${report.brokenAt}, ${report.reason}.\n`,
      );
      return 1;
    },
  },
};

function showSignIn({ email, password, isGenerated }: NewAdmin, sentence: string): number {
  console.log(`\n  ${sentence}\n\n  e-mail    ${email}`);
  console.log(
    isGenerated ? `  password  ${password}   (shown only now)\n` : "  password  the one you gave\n",
  );
  return 0;
}

function showHelp(): number {
  const lines = Object.values(commands).map(
    ({ usage, help }) => `  npm run admin -- ${usage}\n      ${help}`,
  );
  console.log(`\n${lines.join("\n\n")}\n`);
  return 0;
}

/** Runs one command and answers the exit code. */
export async function admin([name = "help", ...rest]: string[]): Promise<number> {
  if (["help", "--help", "-h"].includes(name)) return showHelp();
  const command = commands[name];
  if (!command) throw new SetupError(`There is no command "${name}". See: npm run admin -- help`);
  try {
    const options = await readOptions(command, rest);
    await checkStorage();
    await openInstall();
    return await command.run(options);
  } catch (error) {
    // The sentence about the fault, and how to mend it.
    if (error instanceof AppError && error.faults)
      throw new SetupError(error.faults.map(({ message, fix }) => `${message} ${fix}`).join("\n"));
    throw error;
  } finally {
    await Promise.all([closeDatabase(), closeRedis()]);
  }
}

/** What was typed, checked before anything is opened or made. */
async function readOptions({ usage, takes }: Command, args: string[]): Promise<Options> {
  const refuse = (cause?: unknown) =>
    new SetupError(`Write it like this: npm run admin -- ${usage}`, { cause });
  const options = Object.fromEntries(takes.map((name) => [name, { type: "string" as const }]));
  let typed: Partial<Options>;
  try {
    typed = parseArgs({ args, options, strict: true }).values;
  } catch (cause) {
    throw refuse(cause);
  }
  const { data: email = "" } = emailAddress.safeParse(typed.email ?? "");
  if (takes.includes("email") && email === "") throw refuse();
  if (typed.password !== undefined)
    await assertGoodPassword("/password", typed.password, { email, name: email });
  return { email, password: typed.password };
}

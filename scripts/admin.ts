import { parseArgs } from "node:util";
import { verifyAuditChain } from "../lib/audit/queries";
import { systemActor } from "../lib/core/actor";
import { AppError } from "../lib/core/errors";
import { emailAddress } from "../lib/core/text";
import { resetFactorsLocally } from "../lib/factors/commands/reset-factors";
import { closeDatabase } from "../lib/infra/db/client";
import { SetupError } from "../lib/infra/env";
import { closeRedis } from "../lib/infra/redis";
import { backUp } from "../lib/install/backup";
import { openInstall } from "../lib/install/commands";
import {
  type RotationName,
  rotateSecrets,
  rotationNames,
  wordOf,
} from "../lib/install/rotation/rotate-secrets";
import { createAdmin, type NewAdmin, resetPasswordLocally } from "../lib/users/commands/install-admin";
import { assertGoodPassword } from "../lib/users/passwords";
import { checkStorage } from "./check-place";

type Options = {
  email: string;
  password: string | undefined;
  only: readonly RotationName[] | undefined;
  prepare: boolean;
  finish: boolean;
  to: string;
};
type Command = {
  usage: string;
  help: string;
  takes: (keyof Options)[];
  /** It takes the database as it is: of an older version before the upgrade, too. */
  isBeforeUpgrade?: boolean;
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
  "remove-factors": {
    usage: "remove-factors --email you@example.org",
    help: "Takes the authenticator app, the passkeys and the recovery codes of an account away, and ends its sessions: for an owner whose phone is gone.",
    takes: ["email"],
    run: async ({ email }) => {
      const isDone = await resetFactorsLocally(email);
      console.log(isDone ? "\n  They were removed, every session was ended.\n" : "\n  There were none.\n");
      return 0;
    },
  },
  "rotate-secrets": {
    usage: `rotate-secrets [--only ${rotationNames.join(",")}] [--prepare | --finish]`,
    help: "Replaces every secret of this install, or those named; nobody is signed out, and it may be stopped and run again. --prepare stops before the new ones are used, so that secrets.json can be copied to other machines; --finish only goes on with what was begun and removes what nothing needs any more. See docs/rotation.md.",
    takes: ["only", "prepare", "finish"],
    run: async ({ only, prepare, finish }) => {
      const say = (sentence: string) => console.log(`  ${sentence}`);
      console.log("");
      const report = await rotateSecrets({
        ...(only && { names: only }),
        isOnlyPrepared: prepare,
        isOnlyFinished: finish,
        say,
      });
      if (report.isPrepared)
        say(
          "The new secrets are known, not used. Copy secrets.json to every other machine, then run this again.",
        );
      else if (report.rotated.length > 0)
        say("Done. Nobody was signed out; access tokens signed before stay good until they expire.");
      else say("There was nothing to go on with.");
      for (const { name, id, why } of report.kept) say(`Kept: version ${id} of ${wordOf(name)}: ${why}.`);
      console.log("");
      return 0;
    },
  },
  backup: {
    usage: "backup --to /another/disk",
    help: "Copies database, secrets and model files into a new folder there, while the app runs. Keep it like the original: whoever has it has everything. See docs/data.md.",
    takes: ["to"],
    isBeforeUpgrade: true,
    run: async ({ to }) => {
      const { folder, bytes, modelFiles } = await backUp(to);
      console.log(
        `\n  Backed up into ${folder}: ${Math.ceil(bytes / 1024)} KiB, ${modelFiles} model files.\n`,
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
    if (!command.isBeforeUpgrade) await openInstall();
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
  const flags: readonly string[] = ["prepare", "finish"];
  const options = Object.fromEntries(
    takes.map((name) => [name, { type: flags.includes(name) ? ("boolean" as const) : ("string" as const) }]),
  );
  let typed: {
    email?: string;
    password?: string;
    only?: string;
    prepare?: boolean;
    finish?: boolean;
    to?: string;
  };
  try {
    typed = parseArgs({ args, options, strict: true }).values;
  } catch (cause) {
    throw refuse(cause);
  }
  const { data: email = "" } = emailAddress.safeParse(typed.email ?? "");
  if (takes.includes("email") && email === "") throw refuse();
  if (typed.password !== undefined)
    await assertGoodPassword("/password", typed.password, { email, name: email });
  const only = typed.only?.split(",").map((name) => name.trim());
  if (only && !only.every(isRotationName)) throw refuse();
  const { prepare = false, finish = false, to = "" } = typed;
  if (prepare && finish) throw refuse();
  if (takes.includes("to") && to === "") throw refuse();
  return { email, password: typed.password, only: only?.filter(isRotationName), prepare, finish, to };
}

const isRotationName = (name: string): name is RotationName =>
  (rotationNames as readonly string[]).includes(name);

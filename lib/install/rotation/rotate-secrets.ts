import { setTimeout as sleep } from "node:timers/promises";
import { audited } from "../../audit/commands/audited";
import { systemActor } from "../../core/actor";
import { randomBase62 } from "../../core/ids";
import { now, nowMs } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { env, SetupError } from "../../infra/env";
import {
  changeSecrets,
  newSecretValue,
  type Rotation,
  readSecrets,
  type SecretName,
  type SecretsFile,
  secretNames,
} from "../../infra/secret-file";
import { lockSecrets } from "../../infra/secrets-lock";
import { rotateSigningKey } from "../../tokens/commands/rotate-signing-key";
import { markSecrets } from "../commands";
import { dropUnused, type KeptVersion } from "./drop-unused";
import { resealAll } from "./reseal";

export const rotationNames = [...secretNames, "tokens"] as const;
export type RotationName = (typeof rotationNames)[number];

export type RotationStep = "announced" | "switched" | "recorded" | "signing" | "resealed" | "dropped";

type Options = {
  names?: readonly RotationName[];
  /** Stop when the new secrets are known: the file can be copied to other machines now. */
  isOnlyPrepared?: boolean;
  /** No new rotation: goes on with one that was begun, and drops what nothing needs. */
  isOnlyFinished?: boolean;
  say?: (sentence: string) => void;
  /** After each step; tests stop here as a kill would. */
  onStep?: (step: RotationStep) => void;
  knownMs?: number;
  settledMs?: number;
};

export type RotationReport = { isPrepared: boolean; rotated: RotationName[]; kept: KeptVersion[] };

/** Three times as long as a process may go on with the file it read. */
const knownMs = 3_000;
/** By then no process makes anything with the version before. */
const settledMs = 2_000;

/**
 * Replaces secrets while everything goes on. Each step is written down in secrets.json before the next one begins, and
 * doing one twice does no harm: whoever was stopped anywhere runs it again.
 *
 * New versions are `known` to every process before the first one makes something with them. Otherwise a process that
 * has not read the file yet would refuse what another one made a moment ago.
 */
export async function rotateSecrets(options: Options = {}): Promise<RotationReport> {
  const { say = () => {}, onStep = () => {} } = options;
  const release = lockSecrets();
  try {
    const begun = readSecrets().rotation;
    if (begun)
      say(`Going on with the rotation of ${listOf(begun.names)} that was begun ${begun.announced_at}.`);
    const rotation = begun ?? (options.isOnlyFinished ? undefined : announce(options));
    if (rotation && !begun) onStep("announced");
    if (rotation && options.isOnlyPrepared && !rotation.switched_at)
      return { isPrepared: true, rotated: [], kept: [] };
    if (rotation) await carryOut(rotation, options);
    const { dropped, kept } = await dropUnused();
    for (const { name, id } of dropped)
      say(`Version ${id} of ${wordOf(name)} is needed no more and was removed.`);
    onStep("dropped");
    if (rotation) changeSecrets((file) => void delete file.rotation);
    return { isPrepared: false, rotated: rotation?.names ?? [], kept };
  } finally {
    release();
  }
}

const words: Record<RotationName, string> = {
  cookie: "the secret of the cookies",
  pepper: "the pepper of passwords and API keys",
  digest: "the secret of links and refresh tokens",
  encryption: "the secret that encrypts stored secrets",
  audit: "the seal of the audit log",
  tokens: "the key that signs access tokens",
};
export const wordOf = (name: RotationName): string => words[name];
const listOf = (names: readonly RotationName[]): string => names.map(wordOf).join(", ");

function announce({ names = rotationNames, say = () => {} }: Options): Rotation {
  const isFixed = env().authSecrets !== undefined && names.includes("cookie");
  const chosen = names.filter((name) => !(isFixed && name === "cookie"));
  const hint =
    "AUTH_SECRET seals the cookies here. To rotate it, set AUTH_SECRET=new,old, and leave the old one out after 90 days.";
  if (chosen.length === 0) throw new SetupError(hint);
  if (isFixed) say(hint);
  say(`Making new versions of ${listOf(chosen)}.`);
  const at = now().toISOString();
  const rotation: Rotation = { id: randomBase62(22), names: [...chosen], announced_at: at, done: [] };
  changeSecrets((file) => {
    file.rotation = rotation;
    for (const name of secretsOf(rotation)) {
      const id = (file[name].at(-1)?.id ?? 0) + 1;
      file[name].push({ id, value: newSecretValue(), made_at: at, state: "known" });
    }
  });
  return rotation;
}

const secretsOf = ({ names }: Rotation): SecretName[] => names.filter((name) => name !== "tokens");

async function carryOut(rotation: Rotation, options: Options): Promise<void> {
  const { say = () => {}, onStep = () => {} } = options;
  if (!rotation.switched_at) {
    say("Waiting until every process knows them.");
    await sleep(leftOf(rotation.announced_at, options.knownMs ?? knownMs));
    changeSecrets(switchOver);
    say("From now on the new ones are used; what was made with the old ones stays good.");
    onStep("switched");
  }
  await recordOnce(rotation);
  if (rotation.names.includes("pepper")) await markSecrets();
  onStep("recorded");
  if (rotation.names.includes("tokens") && !isDone("tokens")) {
    await rotateSigningKey(systemActor("rotate-secrets"));
    changeSecrets((file) => void file.rotation?.done.push("tokens"));
  }
  onStep("signing");
  if (!rotation.names.includes("encryption")) return;
  await sleep(
    leftOf(readSecrets().rotation?.switched_at ?? rotation.announced_at, options.settledMs ?? settledMs),
  );
  const { resealed, broken } = await resealAll();
  say(`${resealed} stored secrets were encrypted anew.`);
  if (broken > 0) say(`${broken} could not be opened and were left as they are.`);
  onStep("resealed");
}

const isDone = (part: string): boolean => readSecrets().rotation?.done.includes(part) ?? false;

const leftOf = (since: string, ms: number): number =>
  Math.min(ms, Math.max(0, Date.parse(since) + ms - nowMs()));

function switchOver(file: SecretsFile): void {
  const at = now().toISOString();
  if (file.rotation) file.rotation.switched_at = at;
  for (const name of secretNames) {
    if (!file[name].some(({ state }) => state === "known")) continue;
    file[name] = file[name].map((version) =>
      version.state === "known"
        ? { ...version, state: "current" }
        : version.state === "current"
          ? { ...version, state: "kept", replaced_at: at }
          : version,
    );
  }
}

/**
 * The event is the first one that must be sealed with the new version. Its position is kept beside the secrets, so
 * that nobody with the old version can cut the log off before it and write another end.
 */
async function recordOnce(rotation: Rotation): Promise<void> {
  const where = { action: "secrets.rotated", objectId: rotation.id };
  const isRecorded = (await db().auditEvent.count({ where })) > 0;
  if (!isRecorded)
    await audited(systemActor("rotate-secrets"), async (_transaction, record) =>
      record({
        action: "secrets.rotated",
        object: { type: "secrets", id: rotation.id, label: rotation.names.join(", ") },
        detail: { secrets: rotation.names },
      }),
    );
  if (!rotation.names.includes("audit")) return;
  const { position } = await db().auditEvent.findFirstOrThrow({ where });
  changeSecrets((file) => {
    for (const version of file.audit) if (version.state === "current") version.sealed_from ??= position;
  });
}

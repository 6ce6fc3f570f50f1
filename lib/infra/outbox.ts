import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { now } from "./clock";
import { env } from "./env";
import { assertSendable, type Mail } from "./mail";

const filesMax = 1_000;

const folder = (): string => path.join(env().dataDir, "outbox");
/** They sort by time. */
const fileName = (id: string, createdAt: Date): string =>
  `${createdAt.toISOString().replaceAll(":", "-")}-${id}.eml`;
const fileOf = (id: string, createdAt: Date): string => path.join(folder(), fileName(id, createdAt));

/**
 * Without a mail server, a mail is a file that any editor and any mail program opens. It is for the owner of the
 * machine alone, as it may hold a link that signs somebody in. Only the newest thousand stay.
 */
export async function putIntoOutbox(id: string, createdAt: Date, mail: Mail): Promise<void> {
  const to = assertSendable(mail);
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  await writeFile(fileOf(id, createdAt), asFile({ ...mail, to }), { mode: 0o600 });
  const names = (await readdir(folder())).toSorted();
  await removeAll(names.slice(0, -filesMax));
}

export const removeFromOutbox = (id: string, createdAt: Date): Promise<void> =>
  rm(fileOf(id, createdAt), { force: true });

export async function removeOldFromOutbox(before: Date): Promise<void> {
  const names = await readdir(folder()).catch(() => []);
  await removeAll(names.filter((name) => name < fileName("", before)));
}

const removeAll = (names: readonly string[]) =>
  Promise.all(names.map((name) => rm(path.join(folder(), name), { force: true })));

const asFile = ({ to, subject, text }: Mail): string =>
  [
    `From: ${env().mailFrom}`,
    `To: ${to.join(", ")}`,
    `Subject: ${subject}`,
    `Date: ${now().toUTCString()}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    text,
    "",
  ].join("\n");

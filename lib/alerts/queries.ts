import { type Actor, isAdmin } from "../core/actor";
import { AppError } from "../core/errors";
import { decodeCursor, decodeCursorTime, olderThan, type Page, toPage } from "../core/page";
import { type Database, db, type Prisma } from "../infra/db/client";
import { env } from "../infra/env";
import { type AlertMatter, alertKinds } from "./domain";
import { canSeeAlert } from "./policy";
import type { AlertChoicesView, AlertQuery } from "./schema";
import { type AlertWords, alertWords } from "./words";

export type AlertRow = Prisma.AlertGetPayload<object>;
/** With the sentences that are made of its facts. */
export type WordedAlert = AlertRow & { words: AlertWords };

export const worded = (row: AlertRow): WordedAlert => ({
  ...row,
  words: alertWords({ kind: row.kind, facts: JSON.parse(row.facts) } as AlertMatter),
});

const visibleTo = (actor: Actor): Prisma.AlertWhereInput => ({
  OR: [
    ...("user" in actor ? [{ userId: actor.user.id }] : []),
    ...(isAdmin(actor) ? [{ userId: null }] : []),
  ],
});

const states = ["unseen", "seen"] as const;
type State = (typeof states)[number];
const inState = (state: State): Prisma.AlertWhereInput => ({
  seenAt: state === "unseen" ? null : { not: null },
});

/** Those that nobody looked at first, then the others, each newest first. */
export async function listAlerts(
  actor: Actor,
  { state, cursor: cursorText, limit }: AlertQuery,
): Promise<Page<WordedAlert>> {
  const cursor = cursorText ? readCursor(cursorText) : null;
  const rows: AlertRow[] = [];
  for (const part of state ? [state] : states) {
    if (cursor?.state === "seen" && part === "unseen") continue;
    const beyond = cursor?.state === part ? olderThan(cursor.createdAt, cursor.id) : {};
    const missing = limit + 1 - rows.length;
    if (missing === 0) break;
    rows.push(
      ...(await db().alert.findMany({
        where: { AND: [visibleTo(actor), inState(part), beyond] },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: missing,
      })),
    );
  }
  return toPage(rows.map(worded), limit, (row) => ({
    value: `${row.createdAt.toISOString()} ${row.seenAt ? "seen" : "unseen"}`,
    id: row.id,
  }));
}

type Place = { state: State; createdAt: Date; id: string };

function readCursor(text: string): Place {
  const { value, id } = decodeCursor(text);
  const [time = "", state] = value.split(" ");
  return { state: state === "seen" ? "seen" : "unseen", createdAt: decodeCursorTime(time), id };
}

export const countUnseen = (actor: Actor): Promise<number> =>
  db().alert.count({ where: { AND: [visibleTo(actor), inState("unseen")] } });

/** What somebody may not see is not there. */
export async function getAlert(actor: Actor, id: string, database: Database = db()): Promise<WordedAlert> {
  const row = await database.alert.findUnique({ where: { id } });
  if (!row || !canSeeAlert(actor, row)) throw new AppError("alert.not_found");
  return worded(row);
}

const readMuted = (text: string) => alertKinds.filter((kind) => text.split(" ").includes(kind));

/** What one wants to hear of beside the app; whoever never said so hears of everything. */
export async function alertChoices(actor: Actor): Promise<AlertChoicesView> {
  const row =
    "user" in actor ? await db().alertChoice.findUnique({ where: { userId: actor.user.id } }) : null;
  return {
    by_mail: row?.byMail ?? true,
    muted: readMuted(row?.muted ?? ""),
    can_mail: env().smtpUrl !== undefined,
  };
}

export type Reader = { id: string; email: string; byMail: boolean };

/** Who an alert is for and wants to hear of its kind. */
export async function listReaders({ userId, kind }: Pick<AlertRow, "userId" | "kind">): Promise<Reader[]> {
  const users = await db().user.findMany({
    where: {
      ...(userId === null ? { role: "admin" } : { id: userId }),
      disabledAt: null,
      deletedAt: null,
    },
    select: { id: true, email: true },
  });
  const choices = await db().alertChoice.findMany({ where: { userId: { in: users.map(({ id }) => id) } } });
  return users.flatMap(({ id, email }) => {
    const choice = choices.find((one) => one.userId === id);
    return choice?.muted.split(" ").includes(kind) ? [] : [{ id, email, byMail: choice?.byMail ?? true }];
  });
}

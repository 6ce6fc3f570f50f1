import { orNull } from "../core/time";
import type { AlertView } from "./schema";

type Alert = {
  id: string;
  userId: string | null;
  kind: string;
  level: string;
  step: string | null;
  undoneAt: Date | null;
  createdAt: Date;
  seenAt: Date | null;
  words: Pick<AlertView, "title" | "detail" | "cure" | "href">;
};

export const alertView = (alert: Alert): AlertView => ({
  id: alert.id,
  kind: alert.kind as AlertView["kind"],
  level: alert.level as AlertView["level"],
  audience: alert.userId === null ? "admins" : "own",
  title: alert.words.title,
  detail: alert.words.detail,
  cure: alert.words.cure,
  href: alert.words.href,
  step: alert.step as AlertView["step"],
  can_undo: alert.step !== null && alert.undoneAt === null,
  undone_at: orNull(alert.undoneAt),
  created_at: alert.createdAt.toISOString(),
  seen_at: orNull(alert.seenAt),
});

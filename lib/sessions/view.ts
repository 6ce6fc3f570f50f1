import type { z } from "zod";
import { deviceName, type SessionKind } from "./domain";
import type { sessionListView, sessionView as sessionShape } from "./schema";

type Session = {
  id: string;
  kind: string;
  address: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
};

export const sessionView = (session: Session, currentId: string | null): z.infer<typeof sessionShape> => ({
  id: session.id,
  kind: session.kind as SessionKind,
  device: deviceName(session.userAgent),
  address: session.address,
  is_current: session.id === currentId,
  created_at: session.createdAt.toISOString(),
  last_seen_at: session.lastSeenAt.toISOString(),
  expires_at: session.expiresAt.toISOString(),
});

export const sessionsView = (
  sessions: Session[],
  currentId: string | null,
): z.infer<typeof sessionListView> => ({
  items: sessions.map((session) => sessionView(session, currentId)),
  next_cursor: null,
});

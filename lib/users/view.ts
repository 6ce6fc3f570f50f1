import type { z } from "zod";
import { orNull } from "../core/time";
import { userState } from "./domain";
import type { linkView as linkShape, ownInvitationListView, userView as userShape } from "./schema";

type User = {
  id: string;
  email: string;
  name: string;
  role: string;
  planId: string;
  passwordHash: string | null;
  emailVerified: Date | null;
  createdAt: Date;
  updatedAt: Date;
  lastSeenAt: Date;
  disabledAt: Date | null;
  deletedAt: Date | null;
};

export const userView = (user: User): z.infer<typeof userShape> => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  plan: user.planId,
  state: userState(user),
  created_at: user.createdAt.toISOString(),
  updated_at: user.updatedAt.toISOString(),
  last_seen_at: orNull(user.lastSeenAt),
  disabled_at: orNull(user.disabledAt),
  deleted_at: orNull(user.deletedAt),
});

type Link = { purpose: string; secret: string; expiresAt: Date };

/** Where a link is used; those that prove an address share one page. */
const pageOf: Record<string, string> = { invitation: "invite", password_reset: "reset" };

export const linkView = (link: Link, baseUrl: string): z.infer<typeof linkShape> => ({
  url: `${baseUrl}/${pageOf[link.purpose] ?? "verify"}#${link.secret}`,
  expires_at: link.expiresAt.toISOString(),
});

type Invitation = { email: string; name: string; createdAt: Date; expiresAt: Date };

export const ownInvitationsView = (
  invitations: readonly Invitation[],
): z.infer<typeof ownInvitationListView> => ({
  items: invitations.map(({ email, name, createdAt, expiresAt }) => ({
    email,
    name,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  })),
  next_cursor: null,
});

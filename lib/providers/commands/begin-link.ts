import type { SessionActor } from "../../core/actor";
import { newId } from "../../core/ids";
import { now } from "../../infra/clock";
import { db } from "../../infra/db/client";
import { digest } from "../../infra/secrets";
import { linkMs } from "../domain";

export const linkPurpose = "provider_link";
export const linkSubject = (actor: SessionActor, provider: string): string =>
  `${actor.sessionId} ${provider}`;

/**
 * Notes what a way to another service is for. Its `state` is the secret: only the browser that set out knows it, in an
 * HttpOnly cookie, and only an answer to this very way brings it back.
 */
export async function beginLink(actor: SessionActor, provider: string, state: string): Promise<void> {
  const createdAt = now();
  await db().challenge.create({
    data: {
      id: newId("chl"),
      purpose: linkPurpose,
      digest: digest(linkPurpose, state),
      userId: actor.user.id,
      subject: linkSubject(actor, provider),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + linkMs),
    },
  });
}

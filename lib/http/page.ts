import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { type Actor, isAdmin, type SessionActor } from "../core/actor";
import { AppError } from "../core/errors";
import { authenticate } from "./authenticate";
import { sessionCookie } from "./cookies";
import { isOwnHost, pathHeader } from "./host";

/** Who is looking at the page; asked once per page, however many components want to know. */
export const pageActor = cache(async (): Promise<Actor> => authenticate(await headers()));

/** For every page and layout of people who are signed in. Layouts do not run again on each step, so pages ask too. */
export async function requireMemberPage(): Promise<SessionActor> {
  const actor = await pageActor().catch((error: unknown) => {
    // A credential this page does not take is no session. A database that is away is another matter.
    if (error instanceof AppError) return error;
    throw error;
  });
  if (!(actor instanceof AppError) && actor.kind === "session") return actor;
  const hadSession = (await cookies()).has(sessionCookie());
  const path = isOwnHost() ? (await headers()).get(pathHeader) : null;
  const wanted = path?.startsWith("/") && !path.startsWith("//") && path !== "/" ? path : null;
  const query = new URLSearchParams({
    ...(wanted ? { next: wanted } : {}),
    ...(hadSession ? { ended: "1" } : {}),
    // Whom a web server in front named can mend nothing by themselves without knowing why.
    ...(actor instanceof AppError && actor.code.startsWith("auth.proxy_") ? { error: actor.code } : {}),
  });
  redirect(query.size > 0 ? `/login?${query}` : "/login");
}

export async function requireAdminPage(): Promise<SessionActor> {
  const actor = await requireMemberPage();
  if (!isAdmin(actor)) forbidden();
  return actor;
}

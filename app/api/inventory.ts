import type { DeclaredRoute } from "@/lib/http/openapi";
import type { RouteHandler } from "@/lib/http/route";
import * as invitationAccept from "./auth/invitation/accept/route";
import * as linkInspect from "./auth/link/inspect/route";
import * as me from "./auth/me/route";
import * as passwordChange from "./auth/password/change/route";
import * as passwordReset from "./auth/password/reset/route";
import * as ownSession from "./auth/sessions/[id]/route";
import * as ownSessions from "./auth/sessions/route";
import * as live from "./health/live/route";
import * as ready from "./health/ready/route";
import * as auditExport from "./v1/admin/audit/export/route";
import * as audit from "./v1/admin/audit/route";
import * as auditVerify from "./v1/admin/audit/verify/route";
import * as plans from "./v1/admin/plans/route";
import * as settings from "./v1/admin/settings/route";
import * as userInvitation from "./v1/admin/users/[id]/invitation/route";
import * as userPassword from "./v1/admin/users/[id]/password/route";
import * as userRestore from "./v1/admin/users/[id]/restore/route";
import * as user from "./v1/admin/users/[id]/route";
import * as userSessions from "./v1/admin/users/[id]/sessions/route";
import * as users from "./v1/admin/users/route";

/** Every route module by its address; `npm run check` compares it with the files on disk. */
export const inventory: Record<string, object> = {
  "/api/auth/invitation/accept": invitationAccept,
  "/api/auth/link/inspect": linkInspect,
  "/api/auth/me": me,
  "/api/auth/password/change": passwordChange,
  "/api/auth/password/reset": passwordReset,
  "/api/auth/sessions": ownSessions,
  "/api/auth/sessions/{id}": ownSession,
  "/api/health/live": live,
  "/api/health/ready": ready,
  "/api/v1/admin/audit": audit,
  "/api/v1/admin/audit/export": auditExport,
  "/api/v1/admin/audit/verify": auditVerify,
  "/api/v1/admin/plans": plans,
  "/api/v1/admin/settings": settings,
  "/api/v1/admin/users": users,
  "/api/v1/admin/users/{id}": user,
  "/api/v1/admin/users/{id}/invitation": userInvitation,
  "/api/v1/admin/users/{id}/password": userPassword,
  "/api/v1/admin/users/{id}/restore": userRestore,
  "/api/v1/admin/users/{id}/sessions": userSessions,
};

export const declaredRoutes = (): DeclaredRoute[] =>
  Object.entries(inventory).flatMap(([path, module]) =>
    Object.entries(module).map(([method, handler]) => ({
      method,
      path,
      declaration: (handler as RouteHandler).declaration,
    })),
  );
